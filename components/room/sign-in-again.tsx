"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useState } from "react";
import type { Provider } from "../auth/provider-buttons";
import { DidNotArrive } from "../ui/did-not-arrive";
import { later } from "../ui/later";

const SignInDialog = later(() => import("./sign-in-dialog").then((file) => file.SignInDialog));

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
  // It stays once it was opened, closed: so it gives the focus back.
  const [state, setState] = useState<"open" | "closed" | null>(null);
  const path = `/rooms/${room}`;
  return (
    <Open value={() => setState("open")}>
      {children}
      {state && (
        <SignInDialog
          open={state === "open"}
          email={email}
          providers={providers}
          returnTo={path}
          onClose={() => setState("closed")}
          missing={
            <DidNotArrive onClose={() => setState(null)}>
              The form did not arrive.{" "}
              <a
                href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`}
                className="text-accent-ink underline underline-offset-2"
              >
                Sign in on its own page
              </a>
            </DidNotArrive>
          }
        />
      )}
    </Open>
  );
}
