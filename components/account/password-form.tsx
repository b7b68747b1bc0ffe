"use client";

import type { FormEvent } from "react";
import { useState } from "react";
import { changePassword } from "@/lib/client/account-changes";
import { characters } from "@/lib/protocol/text";
import { ErrorSummary } from "../auth/error-summary";
import { MIN_PASSWORD_CHARACTERS } from "../auth/sign-up-check";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { PasswordField } from "../ui/password-field";
import { useHydrated } from "../ui/use-hydrated";
import { changeWords } from "./change-words";

type Errors = { current?: string; password?: string };

/** Another password; everywhere else the person is signed out. */
export function PasswordForm({ email }: { email: string }) {
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState<string>();
  const [saved, setSaved] = useState(false);

  function refuse(found: Errors) {
    setErrors(found);
    setAttempt((count) => count + 1);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const fields = new FormData(form);
    const current = String(fields.get("current") ?? "");
    const password = String(fields.get("password") ?? "");
    setErrors({});
    setRefusal(undefined);
    setSaved(false);
    const wrong: Errors = {};
    if (!current) wrong.current = "Enter your current password.";
    if (characters(password) < MIN_PASSWORD_CHARACTERS) {
      wrong.password = `Use at least ${MIN_PASSWORD_CHARACTERS} characters for the new password.`;
    }
    if (wrong.current ?? wrong.password) return refuse(wrong);
    setBusy(true);
    const result = await changePassword({ current, password });
    setBusy(false);
    if (result.ok) {
      form.reset();
      return setSaved(true);
    }
    if (result.fields) refuse(result.fields);
    else setRefusal(changeWords(result, "Your password is as it was."));
  }

  const summary = (["current", "password"] as const).flatMap((field) => {
    const text = errors[field];
    return text ? [{ field: `${field}-password`, text }] : [];
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
      <ErrorSummary attempt={attempt} errors={summary} />
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        id="current-password"
        name="current"
        label="Current password"
        autoComplete="current-password"
        error={errors.current}
        required
      />
      <PasswordField
        id="password-password"
        name="password"
        label="New password"
        autoComplete="new-password"
        hint={`At least ${MIN_PASSWORD_CHARACTERS} characters. A few words in a row work well.`}
        error={errors.password}
        required
      />
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" small disabled={!hydrated} aria-busy={busy}>
          Change password
        </Button>
        <p role="status" className="text-small text-quiet">
          {saved && "Changed. Everywhere else you’re signed out."}
        </p>
      </div>
    </form>
  );
}
