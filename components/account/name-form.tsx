"use client";

import { useRouter } from "next/navigation";
import { changeName } from "@/lib/client/account-changes";
import { Field } from "../ui/field";
import { Refusal, SaveLine } from "../ui/form-parts";
import { useForm } from "../ui/use-form";
import { changeWords } from "./change-words";

/** The display name; rooms show the new one at once. */
export function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const form = useForm({ fields: ["name"], prefix: "display-" }, async (given) => {
    const result = await changeName(given.name);
    if (!result.ok) {
      return result.fields
        ? { errors: result.fields }
        : { refusal: changeWords(result, "Your name is as it was.") };
    }
    router.refresh();
    return { done: "Changed, in your rooms too." };
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="grid gap-3">
      <Field
        {...form.field("name")}
        label="Name"
        defaultValue={name}
        autoComplete="name"
        hint="What you said before stays under the name you had then."
        required
      />
      <Refusal>{form.refusal}</Refusal>
      <SaveLine label="Change name" form={form} />
    </form>
  );
}
