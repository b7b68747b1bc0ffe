"use client";

import { useId } from "react";
import { addMember } from "@/lib/client/members";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { useForm } from "../ui/use-form";
import { ADD_REFUSED } from "./add-words";

export function AddPersonForm({ room, onAdded }: { room: string; onAdded?: () => void }) {
  const id = useId();
  const form = useForm({ fields: ["email"], prefix: id }, async (given, element) => {
    const email = given.email.trim();
    const result = await addMember(room, email);
    if (!result.ok) return { errors: { email: result.fields?.email ?? ADD_REFUSED[result.code] } };
    element.reset();
    onAdded?.();
    return { done: `${email} may come in now.` };
  });
  return (
    <>
      <form method="post" onSubmit={form.onSubmit} noValidate className="grid gap-3 pt-2">
        <Field
          {...form.field("email")}
          type="email"
          label="Their email"
          autoComplete="off"
          hint="They need an account here already."
        />
        <Button type="submit" small disabled={form.busy} className="justify-self-start">
          Add to the list
        </Button>
      </form>
      <p role="status" className="pt-2 text-small break-words text-soft empty:hidden">
        {form.done}
      </p>
    </>
  );
}
