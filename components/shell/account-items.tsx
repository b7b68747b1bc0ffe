"use client";

import Link from "next/link";
import { Check, LogOut, Settings, UsersRound } from "lucide-react";
import { chooseTheme, THEMES } from "../ui/theme";
import { useTheme } from "../ui/theme-switch";
import type { Account } from "./account-menu";
import { MenuItems, menuItemClass } from "./menu-items";
import { useSignOut } from "./use-sign-out";

const THEME_NAMES = { system: "As the system", light: "Light", dark: "Dark" };

/** What the account menu holds. `button` is the selector of what opened it. */
export function AccountItems({ account, button }: { account: Account; button: string }) {
  const theme = useTheme();
  const { busy, failed, signOut } = useSignOut();
  return (
    <MenuItems button={button}>
      <div role="none" className="px-3 pt-2 pb-3">
        <p className="truncate font-semibold">
          <bdi>{account.name}</bdi>
        </p>
        <p className="truncate text-small text-quiet">{account.email}</p>
      </div>
      <div role="group" aria-label="Theme" className="border-t border-line py-1">
        {THEMES.map((one) => (
          <button
            key={one}
            type="button"
            role="menuitemradio"
            aria-checked={theme === one}
            tabIndex={-1}
            className={menuItemClass}
            onClick={() => chooseTheme(one)}
          >
            <span className="flex-1">{THEME_NAMES[one]}</span>
            {theme === one && <Check aria-hidden="true" className="size-4 text-accent-ink" />}
          </button>
        ))}
      </div>
      <div role="none" className="border-t border-line pt-1">
        <Link href="/settings" role="menuitem" tabIndex={-1} className={menuItemClass}>
          <Settings aria-hidden="true" className="size-4 text-quiet" />
          Settings
        </Link>
        {account.admin && (
          <Link href="/admin" role="menuitem" tabIndex={-1} className={menuItemClass}>
            <UsersRound aria-hidden="true" className="size-4 text-quiet" />
            People
          </Link>
        )}
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={busy}
          className={menuItemClass}
          onClick={() => void signOut()}
        >
          <LogOut aria-hidden="true" className="size-4 text-quiet" />
          Sign out
        </button>
      </div>
      {failed && (
        <p role="alert" className="px-3 py-2 text-small text-danger">
          You are still signed in: the server did not answer. Try again.
        </p>
      )}
    </MenuItems>
  );
}
