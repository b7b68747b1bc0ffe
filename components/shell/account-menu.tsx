"use client";

import type { ReactNode } from "react";
import { useId, useState } from "react";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { later } from "../ui/later";

const AccountItems = later(() => import("./account-items").then((file) => file.AccountItems));

export interface Account {
  id: string;
  name: string;
  email: string;
  picture: string | null;
  /** May look after everybody's accounts. */
  admin: boolean;
}

/**
 * One's own avatar, and behind it: settings, theme, sign out. `button` may dress the avatar. The
 * popover is the browser's: Escape and a press outside close it, and the focus goes back to the button.
 */
export function AccountMenu({ account, button }: { account: Account; button?: ReactNode }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const label = `Account: ${account.name}`;
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        className="target grid place-items-center rounded-full"
      >
        {button ?? <Avatar person={account} />}
      </button>
      <div
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onToggle={(event) => setOpen(event.newState === "open")}
        className={cx(
          "w-64 rounded-house border border-line bg-surface text-ink shadow-float",
          // Nothing to see before there is something in it.
          "empty:invisible",
        )}
      >
        {open && (
          <AccountItems
            account={account}
            button={`[popovertarget="${id}"]`}
            missing={<p className="p-4 text-small">The menu did not arrive. Open it again.</p>}
          />
        )}
      </div>
    </>
  );
}
