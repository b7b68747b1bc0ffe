import { keyOf, type Line, type LineOf } from "../log";
import { grouped, isA, messageKey, placeKey, textsOf } from "./index-of";
import type { Rule, Tell } from "./rule";

/** One order for all, without holes. */

/** Whoever was told of a place was told of the same message there, and the page shows what is stored. */
export const agreement: Rule = (index, tell) => {
  const places = new Map<string, LineOf<"recv"> | LineOf<"truth">>();
  for (const line of index.lines.filter(isA("truth"))) {
    places.set(`${line.epoch} ${placeKey(line.room, line.seq)}`, line);
  }
  for (const line of index.lines.filter(isA("recv"))) {
    const place = placeKey(line.room, line.seq);
    const known = places.get(`${line.epoch} ${place}`);
    if (!known) places.set(`${line.epoch} ${place}`, line);
    else if (known.cid !== line.cid || known.author !== line.author) {
      tell("two messages at one place", line, known);
    } else if (known.text !== line.text && !textsOf(index, line).has(line.text)) {
      tell("one message with two texts", line, known);
    }
  }
  for (const [client, view] of index.views) {
    if (index.pages.get(client)?.over) continue;
    for (const line of view) {
      if (line.seq === undefined) continue;
      const there = index.truth.get(line.room)?.[line.seq - 1];
      const same = there?.cid === line.cid && there.author === line.author;
      if (!same || there.text !== line.text) tell("shown is not what is stored", line, there);
    }
  }
};

/** On each socket, and on each page in the end, one number follows the other. */
export const noHole: Rule = (index, tell) => {
  for (const lines of index.sockets.values()) socketWithoutHole(lines, tell);
  for (const [client, page] of index.pages) {
    if (page.over) continue;
    const view = index.views.get(client) ?? [];
    const stored = view.filter(({ seq }) => seq !== undefined);
    for (const [at, line] of stored.entries()) {
      const before = stored[at - 1];
      if (before && line.seq !== (before.seq ?? 0) + 1) tell("a hole in the page", before, line);
    }
    const newest = index.truth.get(page.room)?.at(-1);
    if (newest && stored.at(-1)?.seq !== newest.seq) {
      tell("the newest message is not on the page", page, stored.at(-1), newest);
    }
  }
};

/**
 * What a socket tells by itself: first exactly what was missed since the dial's `after` (or a fresh
 * page, and says so), then every message as it comes, and after a lapse of the lease likewise.
 */
function socketWithoutHole(lines: readonly Line[], tell: Tell): void {
  const dial = lines.find(isA("dial"));
  const conn = lines.find(isA("conn"));
  if (!conn) return;
  let last: number | null = conn.recovered ? (dial?.after ?? 0) : null;
  let proof: Line = conn;
  let welcomed = false;
  const end = () => {
    if (welcomed) return;
    welcomed = true;
    if ((last ?? conn.seq) !== conn.seq) tell("the welcome lacks its newest message", dial, conn);
    last = conn.seq;
  };
  if (conn.recovered && conn.epoch !== dial?.epoch)
    tell("recovered from another epoch", dial, conn);
  for (const line of lines) {
    if (line.ev === "recv" && line.via === "asked") continue;
    if (line.ev === "reset" && welcomed) last = null;
    if (line.ev !== "recv") {
      if (line.ev !== "conn" && line.ev !== "reset" && line.ev !== "dial") end();
      continue;
    }
    if (line.via !== "welcome") end();
    if (last !== null && line.seq !== last + 1)
      tell("a number is skipped or comes again", proof, line);
    last = line.seq;
    proof = line;
  }
  end();
}

/** Messages of one person in one tab are stored in the order in which they were said. */
export const senderOrder: Rule = (index, tell) => {
  const bySender = grouped(
    index.lines.filter(isA("say")),
    ({ client, room }) => `${tabOf(client)} ${room}`,
  );
  for (const said of bySender.values()) {
    let before: { say: Line; stored: LineOf<"truth"> } | null = null;
    for (const say of said) {
      const stored = index.stored.get(say.room)?.get(keyOf(say.user, say.cid));
      if (!stored) continue;
      if (before && stored.seq < before.stored.seq) {
        tell("stored before what was said before it", before.say, say, before.stored, stored);
      }
      before = { say, stored };
    }
  }
};

/** `ada/hall/1#3` is the third page of the tab `ada/hall/1`. */
export const tabOf = (client: string): string => client.replace(/#\d+$/, "");

/** What was acknowledged to anybody before a message left stands before it. */
export const realTime: Rule = (index, tell) => {
  const newest = new Map<string, LineOf<"ack">>();
  const seen = new Set<string>();
  for (const line of index.lines) {
    if (line.ev === "ack") {
      // An edit is acknowledged with the place of its message, which is no new one.
      const isMessage = index.said.has(messageKey(line.room, line.user, line.cid));
      if (isMessage && line.seq > (newest.get(line.room)?.seq ?? 0)) newest.set(line.room, line);
    }
    if (line.ev !== "send") continue;
    const key = messageKey(line.room, line.user, line.cid);
    if (seen.has(key)) continue;
    seen.add(key);
    const ack = newest.get(line.room);
    const stored = index.stored.get(line.room)?.get(keyOf(line.user, line.cid));
    if (ack && stored && stored.seq <= ack.seq) {
      tell("stored before what was acknowledged before it left", ack, line, stored);
    }
  }
};

/** A welcome counts every message that was acknowledged to anybody before its dial. */
export const readYourWrites: Rule = (index, tell) => {
  const newest = new Map<string, LineOf<"ack">>();
  const dialled = new Map<string, { dial: Line; ack: LineOf<"ack"> | undefined }>();
  for (const line of index.lines) {
    if (line.ev === "ack" && index.said.has(messageKey(line.room, line.user, line.cid))) {
      if (line.seq > (newest.get(line.room)?.seq ?? 0)) newest.set(line.room, line);
    } else if (line.ev === "dial") {
      const ack = newest.get(line.room);
      dialled.set(`${line.client} ${line.socket}`, { dial: line, ack });
    } else if (line.ev === "conn") {
      const { dial, ack } = dialled.get(`${line.client} ${line.socket}`) ?? {};
      if (ack && line.seq < ack.seq)
        tell("a welcome without what was acknowledged", ack, dial, line);
    }
  }
};
