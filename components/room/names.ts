import type { MessageView, RoomView } from "@/lib/client/types";

type People = RoomView["people"];

let last: { people: People; messages: readonly MessageView[]; names: Map<string, string> } | null =
  null;

/**
 * The names of everybody who is here or has spoken in what is loaded; newer ones win. Made once per
 * snapshot, whoever asks.
 */
export function namesOf({ people, messages }: Pick<RoomView, "people" | "messages">) {
  if (last?.people === people && last.messages === messages) return last.names;
  const names = new Map<string, string>();
  for (const { user } of messages) names.set(user.id, user.name);
  for (const { id, name } of people) names.set(id, name);
  last = { people, messages, names };
  return names;
}

type Speakers = readonly MessageView["user"][];
let spoken: { messages: readonly MessageView[]; speakers: Speakers } | null = null;

/** Everybody who has spoken in what is loaded, under each name they had; made once per list. */
export function speakersIn(messages: readonly MessageView[]): Speakers {
  if (spoken?.messages === messages) return spoken.speakers;
  const speakers = new Map<string, MessageView["user"]>();
  let before: MessageView["user"] | undefined;
  for (const { user } of messages) {
    if (user.id !== before?.id || user.name !== before.name) {
      speakers.set(`${user.id} ${user.name}`, user);
    }
    before = user;
  }
  spoken = { messages, speakers: [...speakers.values()] };
  return spoken.speakers;
}

/** The most names that a line can say. */
const MOST = 8;

/** "you", "Ada and you", "Ada, Bo and 3 others". Who is unknown is one of the others. */
export function listNames(
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
  me: string | undefined,
): string {
  const known = ids.filter((id) => id !== me).flatMap((id) => names.get(id) ?? []);
  const said = [...known.slice(0, MOST), ...(me !== undefined && ids.includes(me) ? ["you"] : [])];
  const others = ids.length - said.length;
  if (others > 0) said.push(others === 1 ? "1 other" : `${others} others`);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(said);
}
