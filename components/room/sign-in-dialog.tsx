"use client";

import type { Provider } from "../auth/provider-buttons";
import { ProviderButtons } from "../auth/provider-buttons";
import { SignInForm } from "../auth/sign-in-form";
import { Dialog } from "../ui/dialog";

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
  return (
    <Dialog open={open} onClose={onClose} title="Sign in again">
      <div className="grid gap-4">
        <p className="text-small text-soft">The room and what you typed stay as they are.</p>
        <SignInForm person={email} onSignedIn={onClose} />
        <ProviderButtons providers={providers} returnTo={returnTo} />
      </div>
    </Dialog>
  );
}
