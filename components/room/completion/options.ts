import type { Shortcode } from "@/lib/client/shortcodes";
import type { Status, UserRef } from "@/lib/protocol/values";

export type Option =
  | { kind: "person"; key: string; text: string; person: UserRef; status: Status }
  | { kind: "emoji"; key: string; text: string; name: string };

export interface Somebody extends UserRef {
  status: Status;
}

/** A list that is read at a glance. */
const MAX_OPTIONS = 6;

/** How well what was typed fits: 0 the name itself, 1 its start, 2 the start of a word, 3 anywhere. */
function rank(name: string, typed: string): number {
  if (name === typed) return 0;
  const at = name.indexOf(typed);
  if (at <= 0) return at === 0 ? 1 : Infinity;
  return /[\s_-]/u.test(name[at - 1] ?? "") ? 2 : 3;
}

/** The best first; among equals the given order. */
function best<T>(all: readonly T[], names: (one: T) => readonly string[], typed: string): T[] {
  const wanted = typed.toLowerCase();
  return all
    .map((one) => ({
      one,
      rank: Math.min(...names(one).map((name) => rank(name.toLowerCase(), wanted))),
    }))
    .filter((entry) => entry.rank < Infinity)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MAX_OPTIONS)
    .map((entry) => entry.one);
}

/** People whose name has what was typed; nobody once a whole name stands there and no other begins so. */
export function peopleOptions(people: readonly Somebody[], typed: string): Option[] {
  const found = best(people, ({ name }) => [name], typed);
  if (found.length === 1 && found[0]?.name.toLowerCase() === typed.toLowerCase()) return [];
  return found.map(({ status, ...person }) => ({
    kind: "person",
    key: person.id,
    text: `@${person.name} `,
    person,
    status,
  }));
}

const namesOf = ([, name, aliases]: Shortcode): readonly string[] => [name, ...aliases];

/** Emoji whose name, or another name they go by, has what was typed. */
export function emojiOptions(list: readonly Shortcode[], typed: string): Option[] {
  return best(list, namesOf, typed).map((one) => ({
    kind: "emoji",
    key: one[1],
    text: `${one[0]} `,
    // The one that was meant: nobody looks for ":grinning_face:" by "smi".
    name: best(namesOf(one), (name) => [name], typed)[0] ?? one[1],
  }));
}
