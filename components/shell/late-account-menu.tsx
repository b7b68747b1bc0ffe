"use client";

import type { Account } from "./account-menu";
import { later } from "../ui/later";

const AccountMenu = later(() => import("./account-menu").then((file) => file.AccountMenu));

/** The account menu where every page would carry its code, though hardly any shows it: fetched late. */
export function LateAccountMenu({ account }: { account: Account }) {
  return <AccountMenu account={account} waiting={<span className="size-8" />} missing={null} />;
}
