import * as v from "valibot";
import { type Answer, refusal, send } from "./account-http";

type Refused = {
  ok: false;
  code: "conflict" | "forbidden" | "not_found" | "signed_out" | "unavailable";
};
export type SwitchResult = { ok: true; ended?: undefined } | Refused;
export type EndResult = { ok: true; ended: number } | Refused;

/** Takes a person's account out of use, or back into it. Admins only. */
export async function switchPerson(id: string, act: "disable" | "enable"): Promise<SwitchResult> {
  const answer = await post(id, act);
  return answer?.status === 200 ? { ok: true } : refused(answer);
}

/** Signs a person out everywhere. Admins only. */
export async function endPersonsSessions(id: string): Promise<EndResult> {
  const answer = await post(id, "end-sessions");
  const parsed = v.safeParse(v.object({ ended: v.number() }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, ended: parsed.output.ended };
  return refused(answer);
}

const post = (id: string, act: string) =>
  send("POST", `/api/admin/people/${encodeURIComponent(id)}/${act}`);

const refused = (answer: Answer | null): Refused =>
  refusal(answer, ["conflict", "forbidden", "not_found", "signed_out"], []);
