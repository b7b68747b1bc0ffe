import type { ReactNode } from "react";
import Link from "next/link";
import { Wordmark } from "../ui/mark";
import type { Account } from "./account-menu";
import { AccountMenu } from "./account-menu";
import { SkipLink } from "./skip-link";
import { TellReturn } from "./tell-return";

/** Every signed-in page that is not a room: a quiet header and one column. */
export function PageShell({ account, children }: { account: Account; children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <TellReturn />
      <SkipLink />
      <header className="safe-x mx-auto flex h-16 max-w-5xl items-center justify-between">
        <Link href="/rooms" className="rounded-house" aria-label="Guestlist, all rooms">
          <Wordmark />
        </Link>
        <AccountMenu account={account} />
      </header>
      <main id="main" className="safe-x mx-auto max-w-5xl pt-6 pb-24">
        {children}
      </main>
    </div>
  );
}
