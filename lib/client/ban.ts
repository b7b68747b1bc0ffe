import * as v from "valibot";
import type { Answer } from "./account-http";
import type { Held } from "./types";

const Banned = v.object({
  reason: v.literal("banned"),
  until: v.nullable(v.number()),
  note: v.nullable(v.string()),
});

/** The ban that an answer of the app tells of, if it does. */
export function banOf(answer: Answer | null): Held | null {
  const parsed = v.safeParse(Banned, answer?.status === 403 ? answer.body : null);
  if (!parsed.success) return null;
  const { until, note } = parsed.output;
  return { until: until ?? undefined, reason: note ?? undefined };
}
