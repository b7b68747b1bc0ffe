"use client";

import { changeRoom } from "@/lib/client/room-admin";
import { FormProblems, SaveLine } from "../ui/form-parts";
import { useForm } from "../ui/use-form";
import type { RoomToKeep } from "./facts";
import { refusedOutcome } from "./refused";
import { SelectField } from "./select-field";

const FIELDS = ["slowSeconds", "retentionDays"] as const;

const SLOW: readonly (readonly [number, string])[] = [
  [0, "Off"],
  [5, "5 seconds"],
  [10, "10 seconds"],
  [30, "30 seconds"],
  [60, "1 minute"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [3600, "1 hour"],
];
const KEPT: readonly (readonly [number, string])[] = [
  [0, "For ever"],
  [1, "1 day"],
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
  [365, "1 year"],
];

/** The choices, and what is set now where it is none of them. */
function options(known: typeof SLOW, now: number, unit: string) {
  const all = known.some(([value]) => value === now) ? known : [...known, [now, `${now} ${unit}`]];
  return all.map(([value, label]) => ({ value: String(value), label: String(label) }));
}

/** What the room itself holds to: how often each person may write, and how long messages are kept. */
export function RulesForm({
  room,
  rules,
  owner,
}: {
  room: string;
  rules: NonNullable<RoomToKeep["rules"]>;
  owner: boolean;
}) {
  const form = useForm({ fields: FIELDS, prefix: "rules-" }, async (given) => {
    const days = Number(given.retentionDays);
    const result = await changeRoom(room, {
      slowSeconds: Number(given.slowSeconds),
      ...(owner && { retentionDays: days === 0 ? null : days }),
    });
    if (!result.ok) return refusedOutcome(result, FIELDS);
    return { done: "Saved. It holds from now on." };
  });
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblems form={form} />
      <SelectField
        {...form.field("slowSeconds")}
        label="Slow mode: time between two messages of one person"
        hint="Those who keep order need not wait."
        defaultValue={String(rules.slowSeconds)}
        options={options(SLOW, rules.slowSeconds, "seconds")}
      />
      {owner && (
        <SelectField
          {...form.field("retentionDays")}
          label="Messages are kept"
          hint="What is older is deleted for good, bit by bit."
          defaultValue={String(rules.retentionDays ?? 0)}
          options={options(KEPT, rules.retentionDays ?? 0, "days")}
        />
      )}
      <SaveLine label="Save rules" form={form} />
    </form>
  );
}
