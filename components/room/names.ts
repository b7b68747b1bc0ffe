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
  for (const { id, name } of speakersIn(messages)) names.set(id, name);
  for (const { id, name } of people) names.set(id, name);
  last = { people, messages, names };
  return names;
}

type Speaker = MessageView["user"];
interface Spoken {
  messages: readonly MessageView[];
  /** The name of each under which they spoke last. */
  latest: Map<string, string>;
  speakers: readonly Speaker[];
}
let spoken: Spoken = { messages: [], latest: new Map(), speakers: [] };

/**
 * Everybody who has spoken in what is loaded, under each name they had, the newest name of a person
 * last. Where messages only came after those of the last call, only they are looked at, and the list
 * is the same one as long as nobody is new: a long transcript costs a new message nothing.
 */
export function speakersIn(messages: readonly MessageView[]): readonly Speaker[] {
  if (spoken.messages === messages) return spoken.speakers;
  const goesOn = spoken.messages.every(
    (message, at) => messages[at] === message || messages[at]?.user === message.user,
  );
  const { latest, speakers } = goesOn
    ? spoken
    : { latest: new Map<string, string>(), speakers: [] };
  const came: Speaker[] = [];
  for (let at = goesOn ? spoken.messages.length : 0; at < messages.length; at++) {
    const { user } = messages[at]!;
    if (latest.get(user.id) === user.name) continue;
    latest.set(user.id, user.name);
    came.push(user);
  }
  spoken = {
    messages,
    latest,
    speakers: came.length === 0 ? speakers : lastOfEach([...speakers, ...came]),
  };
  return spoken.speakers;
}

/** Each person and name once, where it stands last. */
function lastOfEach(speakers: readonly Speaker[]): readonly Speaker[] {
  const known = new Map<string, Speaker>();
  for (const user of speakers) {
    const key = `${user.id} ${user.name}`;
    known.delete(key);
    known.set(key, user);
  }
  return [...known.values()];
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
