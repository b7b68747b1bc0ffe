"use client";

import type { FormEvent } from "react";
import { useState } from "react";
import Link from "next/link";
import { signIn, signUp } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { wait } from "../ui/format";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useHydrated } from "../ui/use-hydrated";
import { ErrorSummary } from "./error-summary";
import type { SignUpErrors } from "./sign-up-check";
import { checkSignUp, MIN_PASSWORD_CHARACTERS } from "./sign-up-check";

const FIELDS = ["name", "email", "password"] as const;

/** Name, e-mail, password; errors beside the field and in a summary that takes the focus. */
export function SignUpForm({ returnTo, signInHref }: { returnTo: string; signInHref: string }) {
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [errors, setErrors] = useState<SignUpErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [taken, setTaken] = useState(false);

  function refuse(found: SignUpErrors) {
    setErrors(found);
    setAttempt((count) => count + 1);
    setBusy(false);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const given = {
      name: String(form.get("name") ?? ""),
      email: String(form.get("email") ?? ""),
      password: String(form.get("password") ?? ""),
    };
    setRefusal(null);
    setTaken(false);
    const wrong = checkSignUp(given);
    if (Object.keys(wrong).length > 0) return refuse(wrong);
    setErrors({});
    setBusy(true);

    const result = await signUp(given);
    if (result.ok) {
      const signedIn = await signIn({ email: given.email, password: given.password });
      window.location.assign(signedIn.ok ? returnTo : signInHref);
      return;
    }
    if (result.code === "bad_request" && result.fields) return refuse(result.fields);
    if (result.code === "email_taken") {
      setTaken(true);
      return refuse({ email: "There is an account with this e-mail already." });
    }
    setBusy(false);
    setRefusal(
      result.code === "rate_limited"
        ? `Too many new accounts from here. Try again in ${wait(result.retryAfterSeconds ?? 60)}.`
        : "Making an account does not work just now. What you typed is still here; try again.",
    );
  }

  const summary = FIELDS.flatMap((field) => {
    const text = errors[field];
    return text ? [{ field, text }] : [];
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <ErrorSummary attempt={attempt} errors={summary} />
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <Field
        id="name"
        name="name"
        label="Name"
        autoComplete="name"
        hint="What others see beside your messages."
        error={errors.name}
        required
      />
      <div className="grid gap-1.5">
        <Field
          id="email"
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.email}
          required
          maxLength={254}
        />
        {taken && (
          <p className="text-small">
            <Link href={signInHref} className="text-accent-ink underline underline-offset-2">
              Sign in instead
            </Link>
          </p>
        )}
      </div>
      <PasswordField
        id="password"
        name="password"
        label="Password"
        autoComplete="new-password"
        hint={`At least ${MIN_PASSWORD_CHARACTERS} characters. A few words in a row work well.`}
        error={errors.password}
        required
      />
      <Button type="submit" look="primary" disabled={!hydrated} aria-busy={busy} className="mt-1">
        Create account
      </Button>
    </form>
  );
}
