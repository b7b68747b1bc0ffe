import type { ErrorCode } from "../protocol/codes";
import { REFUSED_REFRESHES_IN_A_ROW } from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import type { Draft } from "./draft";
import { objection, roleOf, spend, userOf } from "./entry";
import type { Pass, RoomEvent } from "./events";
import { changedFields, isRecoverable, missedIn, shownTo } from "./history";
import { newLease } from "./lease";
import type { Role } from "../protocol/values";
import { greet, presentUsers, typists } from "./presence";
import type { Kept } from "./state";

type Refresh = Extract<RoomEvent, { type: "refresh" }>;

/** A new token on an open socket: the same person, login session and room, and nothing else changes. */
export function refresh(draft: Draft, { connection, id, presented, share }: Refresh): void {
  const kept = draft.connections.get(connection)?.kept;
  if (!kept) return;
  if (!presented.ok) return refuseRefresh(draft, kept, id, presented.code);
  const { pass } = presented;
  const problem = isSame(kept, pass) ? objectionCode(draft, pass) : "forbidden";
  if (problem) return refuseRefresh(draft, kept, id, problem);

  spend(draft, pass);
  const lease = newLease(pass, share, draft.now);
  if (lease.leaseMs <= 0) return refuseRefresh(draft, kept, id, "token_expired");
  const user = userOf(draft, pass);
  draft.keep(connection, { ...lease.kept, user });
  const role = roleOf(draft, pass);
  updateRole(draft, pass.user.id, role, connection);
  greet(draft, user, role, pass.issuedAt);
  draft.effects.push({ type: "count", what: "refreshes" });
  const { leaseMs, refreshInMs } = lease;
  draft.send(connection, { type: "auth.refreshed", id, leaseMs, refreshInMs, role });
  if (kept.phase === "expired") catchUp(draft, kept);
}

/** Other connections of a person whose role is another now hear of it. */
export function updateRole(draft: Draft, user: string, role: Role, except?: string): void {
  const person = draft.people.get(user);
  if (!person || person.role === role) return;
  for (const { kept } of draft.connectionsOf(user)) {
    if (kept.id !== except && draft.now < kept.leaseEndsAt) {
      draft.send(kept.id, { type: "auth.updated", role });
    }
  }
}

const isSame = (kept: Kept, pass: Pass): boolean =>
  kept.user.id === pass.user.id && kept.sid === pass.sid;

function objectionCode(draft: Draft, pass: Pass): ErrorCode | null {
  const found = objection(draft, pass);
  if (!found) return null;
  return found.why === "spent"
    ? "token_spent"
    : found.why === "revoked"
      ? "unauthorized"
      : found.why === "gone"
        ? "not_found"
        : "forbidden";
}

/** Socket, identity and lease stay as they were; who keeps presenting bad tokens is sent away. */
function refuseRefresh(draft: Draft, kept: Kept, id: string, code: ErrorCode): void {
  draft.effects.push({ type: "refused", reason: `refresh_${code}`, user: kept.user.id });
  // Keys that cannot be had say nothing about who presents, but asking for them is not free.
  if (code === "unavailable") return draft.refuse(kept.id, code, id);
  const refusedRefreshes = kept.refusedRefreshes + 1;
  draft.keep(kept.id, { refusedRefreshes });
  draft.send(kept.id, errorFrame(code, { id }));
  if (refusedRefreshes >= REFUSED_REFRESHES_IN_A_ROW) draft.close(kept.id, 4401);
}

/** What the others heard while this connection was not authorised to hear it. */
function catchUp(draft: Draft, kept: Kept): void {
  const { id } = kept;
  const resume = missedIn(draft, kept);
  if (!resume || draft.seq > resume.after || draft.rev > (resume.rev ?? draft.rev)) {
    const recovered = isRecoverable(draft, resume);
    const messages = shownTo(draft, id, draft.found.page);
    const hasMore = !recovered && (messages[0]?.seq ?? 1) > draft.floor + 1;
    const { epoch } = draft;
    draft.send(id, {
      ...{ type: "history", epoch, messages, hasMore, recovered },
      ...changedFields(draft, id, resume),
    });
  }
  draft.send(
    id,
    { type: "presence.sync", users: presentUsers(draft) },
    { type: "typing", users: typists(draft) },
  );
}
