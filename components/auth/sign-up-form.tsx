"use client";

import { useState } from "react";
import Link from "next/link";
import { signIn, signUp } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormProblems } from "../ui/form-parts";
import { wait } from "../ui/format";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { EmailField } from "./email-field";
import { NewPasswordField } from "./new-password-field";
import { checkSignUp } from "./sign-up-check";

const FIELDS = ["name", "email", "password"] as const;

/** Name, email, password; errors beside the field and in a summary that takes the focus. */
export function SignUpForm({ returnTo, signInHref }: { returnTo: string; signInHref: string }) {
  const hydrated = useHydrated();
  const [taken, setTaken] = useState(false);
  const form = useForm({ fields: FIELDS }, async (given) => {
    setTaken(false);
    const errors = checkSignUp(given);
    if (Object.keys(errors).length > 0) return { errors };
    const result = await signUp(given);
    if (result.ok) {
      const signedIn = await signIn({ email: given.email, password: given.password });
      window.location.assign(signedIn.ok ? returnTo : signInHref);
      return { leaving: true };
    }
    if (result.code === "bad_request" && result.fields) return { errors: result.fields };
    if (result.code === "email_taken") {
      setTaken(true);
      return { errors: { email: "There is an account with this email already." } };
    }
    return {
      refusal:
        result.code === "rate_limited"
          ? `Too many new accounts from here. Try again in ${wait(result.retryAfterSeconds ?? 60)}.`
          : "Making an account does not work just now. What you typed is still here; try again.",
    };
  });

  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblems form={form} />
      <Field
        {...form.field("name")}
        label="Name"
        autoComplete="name"
        hint="What others see beside your messages."
        required
      />
      <div className="grid gap-1.5">
        <EmailField {...form.field("email")} />
        {taken && (
          <p className="text-small">
            <Link href={signInHref} className="text-accent-ink underline underline-offset-2">
              Sign in instead
            </Link>
          </p>
        )}
      </div>
      <NewPasswordField {...form.field("password")} label="Password" />
      <Button
        type="submit"
        look="primary"
        disabled={!hydrated}
        aria-busy={form.busy}
        className="mt-1"
      >
        Create account
      </Button>
    </form>
  );
}
