"use client";

import { changePassword } from "@/lib/client/account-changes";
import { characters } from "@/lib/protocol/text";
import { NewPasswordField } from "../auth/new-password-field";
import { MIN_PASSWORD_CHARACTERS } from "../auth/sign-up-check";
import { FormProblems, SaveLine } from "../ui/form-parts";
import { PasswordField } from "../ui/password-field";
import { useForm } from "../ui/use-form";
import { changeWords } from "./change-words";

type Errors = { current?: string; password?: string };

/** Another password; everywhere else the person is signed out. */
export function PasswordForm({ email }: { email: string }) {
  const fields = ["current", "password"] as const;
  const form = useForm({ fields, prefix: "change-password-" }, async (given, element) => {
    const errors: Errors = {};
    if (!given.current) errors.current = "Enter your current password.";
    if (characters(given.password) < MIN_PASSWORD_CHARACTERS) {
      errors.password = `Use at least ${MIN_PASSWORD_CHARACTERS} characters for the new password.`;
    }
    if (errors.current ?? errors.password) return { errors };
    const result = await changePassword(given);
    if (!result.ok) {
      return result.fields
        ? { errors: result.fields }
        : { refusal: changeWords(result, "Your password is as it was.") };
    }
    element.reset();
    return { done: "Changed. Everywhere else you’re signed out." };
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-3">
      <FormProblems form={form} />
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        {...form.field("current")}
        label="Current password"
        autoComplete="current-password"
        required
      />
      <NewPasswordField {...form.field("password")} label="New password" />
      <SaveLine label="Change password" form={form} />
    </form>
  );
}
