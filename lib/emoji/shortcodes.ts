/** An emoji, its name (`thumbs_up`), and the other names people know it by. */
export type Shortcode = [emoji: string, name: string, aliases: string[]];

interface Emoji {
  emoji: string;
  hexcode: string;
  group?: number | undefined;
  order?: number | undefined;
}
/** Skin tones and hair by themselves. */
const COMPONENTS = 2;

type Names = Record<string, string | readonly string[]>;

/**
 * The list that completion searches: every emoji of emojibase but letters of flags and skin tones by
 * themselves, in the order of Unicode's charts. A tenth of the picker's data.
 */
export function shortcodesOf(data: readonly Emoji[], names: Names, aliases: Names): Shortcode[] {
  return data
    .filter(({ order, group }) => order !== undefined && group !== COMPONENTS)
    .toSorted((a, b) => a.order! - b.order!)
    .flatMap(({ emoji, hexcode }) => {
      const [name, ...others] = [...known(names, hexcode), ...known(aliases, hexcode)];
      if (name === undefined) return [];
      const shortcode: Shortcode = [plain(emoji), name, others.filter((other) => other !== name)];
      return [shortcode];
    });
}

const known = (names: Names, hexcode: string): readonly string[] => [names[hexcode] ?? []].flat();

/** Without the selector that asks for a colour picture where that is the usual form (UTS #51). */
const plain = (emoji: string): string => emoji.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, "$1");
