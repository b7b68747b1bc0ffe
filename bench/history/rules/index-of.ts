import { keyOf, type Line, type LineOf } from "../log";

/** A log, sorted by what the rules ask about. */
export interface Index {
  lines: readonly Line[];
  /** Of each room, by `room`. */
  truth: ReadonlyMap<string, readonly LineOf<"truth">[]>;
  /** By `room`, then by `keyOf(author, cid)`. */
  stored: ReadonlyMap<string, ReadonlyMap<string, LineOf<"truth">>>;
  /** First time that a message was said or left, by `room keyOf(user, cid)`. */
  said: ReadonlyMap<string, LineOf<"say"> | LineOf<"send">>;
  /** By `room cid`; ids are made so that no two pages of a run make the same. */
  sayer: ReadonlyMap<string, LineOf<"say"> | LineOf<"send">>;
  /** By `room seq`, in the order in which they were asked. */
  edits: ReadonlyMap<string, readonly LineOf<"edit">[]>;
  /** Of messages and edits, by `room keyOf(user, cid)`. */
  acks: ReadonlyMap<string, readonly LineOf<"ack">[]>;
  sockets: ReadonlyMap<string, readonly Line[]>;
  /** Pages that were open in the end. */
  pages: ReadonlyMap<string, LineOf<"page">>;
  views: ReadonlyMap<string, readonly LineOf<"view">[]>;
}

export const messageKey = (room: string, user: string, cid: string) =>
  `${room} ${keyOf(user, cid)}`;
export const placeKey = (room: string, seq: number) => `${room} ${seq}`;

export const isA =
  <E extends Line["ev"]>(...kinds: E[]) =>
  (line: Line): line is LineOf<E> =>
    (kinds as string[]).includes(line.ev);

export function indexOf(lines: readonly Line[]): Index {
  const said = new Map<string, LineOf<"say"> | LineOf<"send">>();
  const sayer = new Map<string, LineOf<"say"> | LineOf<"send">>();
  for (const line of lines.filter(isA("say", "send"))) {
    const key = messageKey(line.room, line.user, line.cid);
    if (!said.has(key)) said.set(key, line);
    if (!sayer.has(`${line.room} ${line.cid}`)) sayer.set(`${line.room} ${line.cid}`, line);
  }
  const truths = lines.filter(isA("truth"));
  const truth = grouped(truths, ({ room }) => room);
  const stored = new Map(
    [...truth].map(([room, all]) => [
      room,
      new Map(all.map((line) => [keyOf(line.author, line.cid), line])),
    ]),
  );
  const onSocket = lines.filter((line) => "socket" in line);
  return {
    lines,
    truth,
    stored,
    said,
    sayer,
    edits: grouped(lines.filter(isA("edit")), ({ room, seq }) => placeKey(room, seq)),
    acks: grouped(lines.filter(isA("ack")), ({ room, user, cid }) => messageKey(room, user, cid)),
    sockets: grouped(onSocket, (line) => `${line.client} ${"socket" in line ? line.socket : ""}`),
    pages: new Map(lines.filter(isA("page")).map((line) => [line.client, line])),
    views: grouped(lines.filter(isA("view")), ({ client }) => client),
  };
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** What may stand at the place of a message: its own words, and every edit that was asked for. */
export function textsOf(
  { said, edits }: Index,
  { room, author, cid, seq }: Pick<LineOf<"truth">, "room" | "author" | "cid" | "seq">,
): Set<string | undefined> {
  const original = said.get(messageKey(room, author, cid))?.text;
  const changed = (edits.get(placeKey(room, seq)) ?? []).map(({ text }) => text);
  return new Set([original, ...changed]);
}
