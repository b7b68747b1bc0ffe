"use client";

import type { FormEvent } from "react";
import { useState } from "react";
import { useRouter } from "next/navigation";
import { changeName } from "@/lib/client/account-changes";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { useHydrated } from "../ui/use-hydrated";
import { changeWords } from "./change-words";

/** The display name; rooms show the new one at once. */
export function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [saved, setSaved] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const given = String(new FormData(event.currentTarget).get("name") ?? "");
    setBusy(true);
    setError(undefined);
    setRefusal(undefined);
    setSaved(false);
    const result = await changeName(given);
    setBusy(false);
    if (result.ok) {
      setSaved(true);
      router.refresh();
      return;
    }
    if (result.fields?.name) setError(result.fields.name);
    else setRefusal(changeWords(result, "Your name is as it was."));
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
      <Field
        id="display-name"
        name="name"
        label="Name"
        defaultValue={name}
        autoComplete="name"
        hint="What you said before stays under the name you had then."
        error={error}
        required
      />
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" small disabled={!hydrated} aria-busy={busy}>
          Change name
        </Button>
        <p role="status" className="text-small text-quiet">
          {saved && "Changed, in your rooms too."}
        </p>
      </div>
    </form>
  );
}
