"use client";

import { useRef } from "react";
import type { Provider } from "../auth/provider-buttons";
import { ProviderButtons } from "../auth/provider-buttons";
import { SignInForm } from "../auth/sign-in-form";
import { Dialog } from "../ui/dialog";
import { messageField } from "./message-field";

/** The sign-in over a room. */
export function SignInDialog({
  open,
  email,
  providers,
  returnTo,
  onClose,
}: {
  open: boolean;
  email: string;
  providers: Provider[];
  returnTo: string;
  onClose: () => void;
}) {
  const done = useRef(false);
  // The button that opened it goes with the trouble, so the focus cannot go back there.
  function closed() {
    onClose();
    if (done.current) messageField()?.focus();
    done.current = false;
  }

  function signedIn() {
    done.current = true;
    onClose();
  }

  return (
    <Dialog open={open} onClose={closed} title="Sign in again">
      <div className="grid gap-4">
        <p className="text-small text-soft">The room and what you typed stay as they are.</p>
        <SignInForm person={email} onSignedIn={signedIn} />
        <ProviderButtons providers={providers} returnTo={returnTo} />
      </div>
    </Dialog>
  );
}
