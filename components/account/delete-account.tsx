"use client";

import { useEffect, useRef, useState } from "react";
import { deleteAccount, MESSAGE_FATES } from "@/lib/client/account-changes";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { Refusal } from "../ui/form-parts";
import { PasswordField } from "../ui/password-field";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { changeWords } from "./change-words";
import { MESSAGE_FATE_CHOICE } from "./message-fate";

/** The way out for good: first what it means, then the password, then it is done. */
export function DeleteAccount({ hasPassword }: { hasPassword: boolean }) {
  const hydrated = useHydrated();
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (asked) box.current?.focus();
  }, [asked]);
  const form = useForm(
    { fields: ["messages", "password"], prefix: "delete-" },
    async ({ messages, password }) => {
      const fate = MESSAGE_FATES.find((known) => known === messages);
      if (!fate) return { refusal: "Choose what becomes of your messages." };
      if (hasPassword && !password) return { errors: { password: "Enter your password." } };
      const result = await deleteAccount(password, fate);
      if (result.ok) {
        window.location.assign("/");
        return { leaving: true };
      }
      return result.fields?.current
        ? { errors: { password: result.fields.current } }
        : { refusal: changeWords(result, "Nothing was deleted.") };
    },
  );

  if (!asked) {
    return (
      <Button look="danger" small disabled={!hydrated} onClick={() => setAsked(true)}>
        Delete account
      </Button>
    );
  }
  return (
    <form
      ref={box}
      tabIndex={-1}
      noValidate
      aria-labelledby="delete-what"
      onSubmit={form.onSubmit}
      className="grid gap-3 rounded-house bg-danger-wash p-4"
    >
      <p id="delete-what" className="font-semibold">
        Delete your account for good?
      </p>
      <ul className="grid list-disc gap-1 pl-5 text-small">
        <li>You’re signed out everywhere and leave every room, at once.</li>
        <li>A room that only you own passes to its longest-serving member.</li>
        <li>Your email is free for a new account. Nobody can bring this one back.</li>
      </ul>
      <Choice {...MESSAGE_FATE_CHOICE} chosen="keep" boxed />
      {hasPassword && (
        <PasswordField
          {...form.field("password")}
          label="Your password"
          autoComplete="current-password"
          required
        />
      )}
      <Refusal>{form.refusal}</Refusal>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="danger" small aria-busy={form.busy}>
          Delete for good
        </Button>
        <Button small onClick={() => setAsked(false)}>
          Keep my account
        </Button>
      </div>
    </form>
  );
}
