"use client";

import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useHydrated } from "../ui/use-hydrated";
import { useSignOut } from "./use-sign-out";

/** Signs out here, and stays where it is when that did not work. */
export function SignOutButton() {
  const hydrated = useHydrated();
  const { busy, failed, signOut } = useSignOut();
  return (
    <div className="grid justify-items-start gap-3">
      <Button small disabled={!hydrated} aria-busy={busy} onClick={() => void signOut()}>
        Sign out
      </Button>
      {failed && (
        <Notice look="danger" role="alert">
          You are still signed in: the server did not answer. Try again.
        </Notice>
      )}
    </div>
  );
}
