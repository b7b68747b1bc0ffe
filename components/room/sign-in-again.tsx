"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useState } from "react";
import type { Provider } from "../auth/provider-buttons";
import { Dialog } from "../ui/dialog";
import { later } from "../ui/later";

const SignInHere = later(() => import("./sign-in-here").then((file) => file.SignInHere));

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
  const path = `/rooms/${room}`;
  return (
    <Open value={() => setOpen(true)}>
      {children}
      <Dialog open={open} onClose={() => setOpen(false)} title="Sign in again">
        <div className="grid gap-4">
          <p className="text-small text-soft">The room and what you typed stay as they are.</p>
          <SignInHere
            email={email}
            providers={providers}
            returnTo={path}
            onSignedIn={() => setOpen(false)}
            waiting={<div className="h-52" />}
            missing={
              <p className="text-small">
                The form did not arrive.{" "}
                <a
                  href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`}
                  className="text-accent-ink underline underline-offset-2"
                >
                  Sign in on its own page
                </a>
              </p>
            }
          />
        </div>
      </Dialog>
    </Open>
  );
}
