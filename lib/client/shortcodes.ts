import * as v from "valibot";

/** Where the app serves its short list of emoji (lib/emoji/shortcodes.ts). */
const ADDRESS = "/emoji/shortcodes.json";

const Shortcodes = v.array(v.tuple([v.string(), v.string(), v.array(v.string())]));
/** An emoji, its name, and the other names people know it by. */
export type Shortcode = v.InferOutput<typeof Shortcodes>[number];

let list: Promise<readonly Shortcode[]> | null = null;

/** Every emoji by name: fetched once, when first asked for. Empty where it cannot be had this time. */
export function loadShortcodes(): Promise<readonly Shortcode[]> {
  list ??= fetchList().catch(() => {
    list = null;
    return [];
  });
  return list;
}

async function fetchList(): Promise<readonly Shortcode[]> {
  const response = await fetch(ADDRESS, { credentials: "same-origin" });
  return v.parse(Shortcodes, await response.json());
}
