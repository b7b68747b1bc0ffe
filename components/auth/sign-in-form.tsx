"use client";

import { useRef, useState } from "react";
import { signIn } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Refusal } from "../ui/form-parts";
import { wait } from "../ui/format";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { EmailField } from "./email-field";
import { useCountdown } from "./use-countdown";

const FIELDS = ["email", "password"] as const;
const REFUSALS = {
  invalid_credentials: "Email and password do not match. Check both and try again.",
  unavailable: "Signing in does not work just now. Nothing is lost; try again in a moment.",
};

/**
 * Email and password. Inputs are uncontrolled, so what was typed before hydration stays; the button
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
  /** The email address of the one person who may sign in here. */
  person?: string;
  /** In place of going to `returnTo`. */
  onSignedIn?: () => void;
}) {
  const hydrated = useHydrated();
  const countdown = useCountdown();
  const password = useRef<HTMLInputElement>(null);
  const arrived = error === undefined ? {} : { refusal: error };
  const form = useForm({ fields: FIELDS, ...arrived }, async (given) => {
    if (countdown.left > 0) return {};
    const result = await signIn(given);
    if (result.ok) {
      if (onSignedIn) onSignedIn();
      // A whole new page: nothing rendered for a signed-out visitor may linger.
      else window.location.assign(returnTo);
      return { leaving: true };
    }
    if (result.code === "throttled") {
      countdown.start(result.retryAfterSeconds ?? 30);
      return {};
    }
    password.current?.select();
    return { refusal: REFUSALS[result.code] };
  });

  return (
    <form method="post" onSubmit={form.onSubmit} className="grid gap-4">
      <Refusal>{form.refusal}</Refusal>
      {countdown.left > 0 && <Throttled left={countdown.left} />}
      <EmailField
        {...form.field("email")}
        {...(person !== undefined && { readOnly: true, defaultValue: person })}
      />
      <PasswordField
        {...form.field("password")}
        label="Password"
        autoComplete="current-password"
        required
        ref={password}
      />
      <Button
        type="submit"
        look="primary"
        disabled={!hydrated || countdown.left > 0}
        aria-busy={form.busy}
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
