import type { Line, LineOf } from "../log";
import { isA } from "./index-of";
import type { Rule, Tell } from "./rule";

/** Who speaks, and who may hear. */

/** A message is told in the name of who sent it, and a welcome names whom the token named. */
export const identity: Rule = (index, tell) => {
  for (const line of index.lines.filter(isA("recv", "truth"))) {
    const sent = index.sayer.get(`${line.room} ${line.cid}`);
    if (sent && sent.user !== line.author) tell("told in another name", sent, line);
  }
  for (const lines of index.sockets.values()) {
    const dial = lines.find(isA("dial"));
    const conn = lines.find(isA("conn"));
    if (dial && conn && dial.grant.user !== conn.as) tell("welcomed as somebody else", dial, conn);
  }
};

/**
 * Nothing is told, and nothing taken, on a socket whose lease is over, whose session is over, or
 * whose token opens another room; and a token opens once. Messages carry the room's own time of
 * storing, so a slow line is no excuse and no accusation.
 */
export const authority: Rule = (index, tell) => {
  const revoked = new Map(index.lines.filter(isA("revoked")).map((line) => [line.sid, line]));
  const opened = new Map<string, LineOf<"dial">>();
  for (const lines of index.sockets.values()) {
    const dial = lines.find(isA("dial"));
    const conn = lines.find(isA("conn"));
    if (!dial || !conn) continue;
    const { grant } = dial;
    const before = opened.get(grant.jti);
    if (before) tell("one token has opened two sockets", before, dial, conn);
    opened.set(grant.jti, dial);
    if (grant.room !== conn.into) tell("welcomed into a room of another token", dial, conn);
    const end = revoked.get(grant.sid);
    if (end && conn.at > end.at) tell("welcomed after the session was revoked", end, dial, conn);
    throughItsLeases(lines, conn, end, tell);
  }
};

function throughItsLeases(
  lines: readonly Line[],
  conn: LineOf<"conn">,
  end: LineOf<"revoked"> | undefined,
  tell: Tell,
): void {
  let lease: Line & { until: number } = conn;
  let expired: Line | null = null;
  for (const line of lines) {
    if (line.ev === "expired") expired = line;
    if (line.ev === "lease") {
      lease = line;
      expired = null;
    }
    if (line.ev !== "recv" && line.ev !== "ack") continue;
    if (expired) tell("heard between the end of a lease and its renewal", expired, line);
    const isNew = line.ev === "ack" || line.via === "live";
    if (isNew && line.ts >= lease.until) tell("heard after the end of the lease", lease, line);
    if (isNew && end && line.ts > end.at) tell("heard after the session was revoked", end, line);
  }
}
