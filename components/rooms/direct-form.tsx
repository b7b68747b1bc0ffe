"use client";

import { useRouter } from "next/navigation";
import { openDirect } from "@/lib/client/direct";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { DIRECT_REFUSED } from "./direct-words";

/** Writes to somebody whose address one knows: opens the room of the two. */
export function DirectForm() {
  const router = useRouter();
  const hydrated = useHydrated();
  const form = useForm({ fields: ["email"], prefix: "direct-" }, async (given) => {
    const email = given.email.trim();
    if (!email) return { errors: { email: "Enter their email address." } };
    const result = await openDirect({ email });
    if (!result.ok) return { errors: { email: DIRECT_REFUSED[result.code] } };
    router.push(`/rooms/${result.id}`);
    return { leaving: true };
  });
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.onSubmit}
      aria-label="New direct message"
      className="mt-4 flex flex-wrap items-end gap-3"
    >
      <div className="min-w-0 flex-1 basis-56">
        <Field {...form.field("email")} type="email" label="Their email" autoComplete="off" />
      </div>
      <Button type="submit" disabled={!hydrated} aria-busy={form.busy}>
        Write to them
      </Button>
    </form>
  );
}
