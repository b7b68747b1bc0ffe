"use client";

import type { FormEvent } from "react";
import { useId, useState } from "react";
import { UserPlus } from "lucide-react";
import { addMember } from "@/lib/client/members";
import { useRoom } from "@/lib/client/react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ADD_REFUSED } from "./add-words";

/** How somebody gets onto the list of a private room: those who keep it add them by e-mail. */
export function AddPerson({ room }: { room: string }) {
  const role = useRoom((view) => view.me?.role);
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState("");
  if (role !== "owner" && role !== "moderator") return null;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const email = String(new FormData(form).get("email") ?? "").trim();
    setDone("");
    setError(undefined);
    setBusy(true);
    const result = await addMember(room, email);
    setBusy(false);
    if (!result.ok) return setError(result.fields?.email ?? ADD_REFUSED[result.code]);
    form.reset();
    setDone(`${email} may come in now.`);
  }

  return (
    <details className="mt-4 px-4">
      <summary className="flex min-h-10 cursor-pointer items-center gap-2 rounded-house px-1 text-small text-soft hover:text-ink">
        <UserPlus aria-hidden="true" className="size-4" />
        Add somebody
      </summary>
      <form method="post" onSubmit={submit} noValidate className="grid gap-3 pt-2">
        <Field
          id={id}
          name="email"
          type="email"
          label="Their e-mail"
          autoComplete="off"
          hint="They need an account here already."
          error={error}
        />
        <Button type="submit" small disabled={busy}>
          Add to the list
        </Button>
      </form>
      <p role="status" className="pt-2 text-small break-words text-soft empty:hidden">
        {done}
      </p>
    </details>
  );
}
