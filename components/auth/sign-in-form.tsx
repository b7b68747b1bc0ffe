"use client";

import type { FormEvent } from "react";
import { useRef, useState } from "react";
import { signIn } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { wait } from "../ui/format";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useHydrated } from "../ui/use-hydrated";
import { useCountdown } from "./use-countdown";

const REFUSALS = {
  invalid_credentials: "E-mail and password do not match. Check both and try again.",
  unavailable: "Signing in does not work just now. Nothing is lost; try again in a moment.",
};

/**
 * E-mail and password. Inputs are uncontrolled, so what was typed before hydration stays; the button
 * waits for hydration, so that a password never leaves by a plain form submission.
 */
export function SignInForm({
  returnTo = "/rooms",
  error,
  person,
  onSignedIn,
}: {
  returnTo?: string;
  error?: string | undefined;
  /** The e-mail address of the one person who may sign in here. */
  person?: string;
  /** In place of going to `returnTo`. */
  onSignedIn?: () => void;
}) {
  const hydrated = useHydrated();
  const countdown = useCountdown();
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(error ?? null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy || countdown.left > 0) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    const result = await signIn({
      email: String(form.get("email") ?? ""),
      password: String(form.get("password") ?? ""),
    });
    if (result.ok && onSignedIn) {
      onSignedIn();
      return;
    }
    if (result.ok) {
      // A whole new page: nothing rendered for a signed-out visitor may linger.
      window.location.assign(returnTo);
      return;
    }
    setBusy(false);
    if (result.code === "throttled") {
      countdown.start(result.retryAfterSeconds ?? 30);
      return;
    }
    setRefusal(REFUSALS[result.code]);
    password.current?.select();
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
      {countdown.left > 0 && <Throttled left={countdown.left} />}
      <Field
        id="email"
        name="email"
        label="Email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={254}
        {...(person !== undefined && { readOnly: true, defaultValue: person })}
      />
      <PasswordField
        id="password"
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        ref={password}
      />
      <Button
        type="submit"
        look="primary"
        disabled={!hydrated || countdown.left > 0}
        aria-busy={busy}
        className="mt-1"
      >
        Sign in
      </Button>
    </form>
  );
}

/** The wait is spoken once, as it begins; the running seconds are for the eye. */
function Throttled({ left }: { left: number }) {
  const [first] = useState(left);
  return (
    <Notice look="warn">
      <p role="alert" className="sr-only">
        Too many tries. The wait is {wait(first)}.
      </p>
      <p aria-hidden="true">
        Too many tries. Try again in <span className="tabular">{left}</span>{" "}
        {left === 1 ? "second" : "seconds"}.
      </p>
    </Notice>
  );
}
