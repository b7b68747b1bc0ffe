"use client";

import { useRouter } from "next/navigation";
import { changeRoom } from "@/lib/client/room-admin";
import { readVisibility, VISIBILITY_CHOICE } from "../rooms/visibility";
import { Choice } from "../ui/choice";
import { Field } from "../ui/field";
import { FormProblems, SaveLine } from "../ui/form-parts";
import { useForm } from "../ui/use-form";
import type { RoomToKeep } from "./facts";
import { refusedOutcome } from "./refused";

const FIELDS = ["name", "topic", "visibility"] as const;

/** Name, topic and who may come in; moderators set the topic alone. Everybody in the room sees it at once. */
export function AboutForm({ room, owner }: { room: RoomToKeep; owner: boolean }) {
  const router = useRouter();
  const form = useForm({ fields: FIELDS, prefix: "about-" }, async (given) => {
    const visibility = readVisibility(given.visibility);
    const result = await changeRoom(room.id, {
      topic: given.topic.trim() || null,
      ...(owner && { name: given.name.trim() }),
      ...(owner && visibility !== room.visibility && { visibility }),
    });
    if (!result.ok) return refusedOutcome(result, FIELDS);
    router.refresh();
    return { done: "Saved. Everybody in the room sees it." };
  });
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblems form={form} />
      {owner && (
        <Field
          {...form.field("name")}
          label="Room name"
          defaultValue={room.name}
          maxLength={64}
          autoComplete="off"
          required
        />
      )}
      <Field
        {...form.field("topic")}
        label="Topic (optional)"
        defaultValue={room.topic ?? ""}
        maxLength={200}
        autoComplete="off"
      />
      {owner && <Choice {...VISIBILITY_CHOICE} chosen={room.visibility} boxed />}
      <SaveLine label="Save" form={form} />
    </form>
  );
}
