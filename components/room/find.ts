/** Something one can go to by its name. */
export interface Target {
  kind: "room" | "person" | "direct";
  id: string;
  name: string;
}

/** Without case and accents: "é" is found by "e". */
const plain = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** 0 begins with it, 1 a word does, 2 it is within; else null. */
function within(name: string, word: string): number | null {
  if (name.startsWith(word)) return 0;
  if (name.split(/[\s\-_]+/u).some((part) => part.startsWith(word))) return 1;
  return name.includes(word) ? 2 : null;
}

/** The same, and 3 where its letters come in this order. */
function rank(name: string, word: string): number | null {
  const close = within(name, word);
  if (close !== null) return close;
  let at = 0;
  for (const letter of name) if (letter === word[at]) at++;
  return at === word.length ? 3 : null;
}

/** The targets that fit every word of the query, the closest first; without a query all, as given. */
export function find<T extends Target>(targets: readonly T[], query: string, limit = 12): T[] {
  const words = plain(query).trim().split(/\s+/u).filter(Boolean);
  const ranked = targets.flatMap((target) => {
    const name = plain(target.name);
    // A room's id is in its address, so people know it; a person's means nothing to anybody.
    const id = target.kind === "room" ? plain(target.id) : "";
    const ranks = words.map((word) => rank(name, word) ?? within(id, word));
    return ranks.some((one) => one === null)
      ? []
      : [{ target, score: ranks.reduce<number>((sum, one) => sum + (one ?? 0), 0) }];
  });
  ranked.sort((a, b) => a.score - b.score);
  return ranked.slice(0, limit).map(({ target }) => target);
}
