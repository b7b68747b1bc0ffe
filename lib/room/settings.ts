import { RECONNECT_STRETCH_MS_PER_CONNECTION } from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import type { ServerFrameOf } from "../protocol/server-frames";
import { startAnew } from "./clear";
import type { Draft } from "./draft";
import type { HttpEvent, NewSettings } from "./events";
import { AUDIT_PREFIX, keys, REPORT_PREFIX } from "./keys";
import { settle } from "./presence";
import { updateRole } from "./refresh";
import type { Rules } from "./state";
import { sweepFrom } from "./tidy";

/** What the rules add to `welcome.room`; a room with nothing set says nothing. */
export const shownRules = ({ slowSeconds, archived, retentionDays }: Rules) => ({
  ...(slowSeconds > 0 && { slowSeconds }),
  ...(archived && { archived }),
  ...(retentionDays !== null && { retentionDays }),
});

/** Two of the app's processes may be heard in another order than they spoke: the later word stands. */
export function settings(draft: Draft, event: Extract<HttpEvent, { type: "settings" }>): void {
  const { ticket, epoch, gone } = event;
  const said = draft.stored<{ at: number }>(keys.settings);
  if (ticket) {
    if (said && ticket.issuedAt < said.at) return;
    draft.put.set(keys.settings, { at: ticket.issuedAt });
  }
  if (gone) return end(draft, epoch);
  changeSettings(draft, event);
}

/** Changes what is given and tells everybody; who may not speak any more learns it at once. */
export function changeSettings(draft: Draft, given: NewSettings): void {
  const { slowSeconds, retentionDays, archived, name, topic } = given;
  const before = draft.rules;
  draft.rules = {
    ...before,
    ...(slowSeconds !== undefined && { slowSeconds }),
    ...(retentionDays !== undefined && { retentionDays }),
    ...(archived !== undefined && { archived }),
  };
  if (retentionDays !== undefined) draft.sweepAt = sweepFrom(draft);
  const frame: ServerFrameOf<"room.updated"> = { type: "room.updated" };
  if (slowSeconds !== undefined) frame.slowSeconds = slowSeconds;
  if (retentionDays !== undefined) frame.retentionDays = retentionDays;
  if (archived !== undefined) frame.archived = archived;
  if (name !== undefined) frame.name = name;
  if (topic !== undefined) frame.topic = topic;
  if (archived === true && !before.archived) silence(draft);
  draft.broadcast([frame]);
  if (archived === false && before.archived) askForRoles(draft);
}

/** Everybody reads and nobody does anything else, from the next frame on. */
function silence(draft: Draft): void {
  for (const [id, person] of draft.people) {
    updateRole(draft, id, "reader");
    draft.people.set(id, { ...person, role: "reader" });
    settle(draft, id);
  }
}

/** So many connections are asked together; the next as much later as a crowd stretches its dials. */
const ASKED_AT_ONCE = 25;
const ASKED_EVERY_MS = ASKED_AT_ONCE * RECONNECT_STRETCH_MS_PER_CONNECTION;

/**
 * What people may do here again is the app's to say: their next tokens bring it. They are asked for
 * by the warning that each lease has anyway, a few at a time: a full room would else ask for a
 * thousand tokens in the same moment.
 */
function askForRoles(draft: Draft): void {
  let asked = 0;
  for (const { kept } of draft.connections.values()) {
    const inMs = kept.leaseEndsAt - draft.now;
    if (inMs <= 0) continue;
    const warnAt = draft.now + Math.floor(asked++ / ASKED_AT_ONCE) * ASKED_EVERY_MS;
    if (warnAt > draft.now) draft.keep(kept.id, { phase: "live", warnAt });
    else draft.send(kept.id, { type: "auth.expiring", inMs });
  }
}

/** The room is deleted: nobody stays, nobody comes back, and what was said is gone. */
function end(draft: Draft, epoch: string): void {
  for (const id of [...draft.connections.keys()]) {
    draft.send(id, errorFrame("not_found"));
    draft.close(id, 4404, "now");
  }
  startAnew(draft, epoch);
  draft.dropPrefixes.push(AUDIT_PREFIX, REPORT_PREFIX);
  draft.rules = { ...draft.rules, gone: true };
  draft.sweepAt = undefined;
}
