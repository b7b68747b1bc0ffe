"use client";

import { useId } from "react";
import { UserPlus } from "lucide-react";
import { addMember } from "@/lib/client/members";
import { useRoom } from "@/lib/client/react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { useForm } from "../ui/use-form";
import { ADD_REFUSED } from "./add-words";

/** How somebody gets onto the list of a private room: those who keep it add them by e-mail. */
export function AddPerson({ room }: { room: string }) {
  const role = useRoom((view) => view.me?.role);
  const id = useId();
  const form = useForm({ fields: ["email"], prefix: id }, async (given, element) => {
    const email = given.email.trim();
    const result = await addMember(room, email);
    if (!result.ok) return { errors: { email: result.fields?.email ?? ADD_REFUSED[result.code] } };
    element.reset();
    return { done: `${email} may come in now.` };
  });
  if (role !== "owner" && role !== "moderator") return null;

  return (
    <details className="mt-4 px-4">
      <summary className="flex min-h-10 cursor-pointer items-center gap-2 rounded-house px-1 text-small text-soft hover:text-ink">
        <UserPlus aria-hidden="true" className="size-4" />
        Add somebody
      </summary>
      <form method="post" onSubmit={form.onSubmit} noValidate className="grid gap-3 pt-2">
        <Field
          {...form.field("email")}
          type="email"
          label="Their e-mail"
          autoComplete="off"
          hint="They need an account here already."
        />
        <Button type="submit" small disabled={form.busy}>
          Add to the list
        </Button>
      </form>
      <p role="status" className="pt-2 text-small break-words text-soft empty:hidden">
        {form.done}
      </p>
    </details>
  );
}
