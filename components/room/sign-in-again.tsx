"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useState } from "react";
import type { Provider } from "../auth/provider-buttons";
import { ProviderButtons } from "../auth/provider-buttons";
import { SignInForm } from "../auth/sign-in-form";
import { Dialog } from "../ui/dialog";

const Open = createContext<() => void>(() => {});

/** Opens the sign-in over the room. */
export const useSignInAgain = (): (() => void) => useContext(Open);

/**
 * Signing in again without leaving the room: nothing under the dialog is taken away, so transcript,
 * draft and waiting messages stay. The connection hears of it as every other tab does, and dials anew.
 */
export function SignInAgain({
  room,
  email,
  providers,
  children,
}: {
  room: string;
  email: string;
  providers: Provider[];
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Open value={() => setOpen(true)}>
      {children}
      <Dialog open={open} onClose={() => setOpen(false)} title="Sign in again">
        <div className="grid gap-4">
          <p className="text-small text-soft">The room and what you typed stay as they are.</p>
          <SignInForm person={email} onSignedIn={() => setOpen(false)} />
          <ProviderButtons providers={providers} returnTo={`/rooms/${room}`} />
        </div>
      </Dialog>
    </Open>
  );
}
