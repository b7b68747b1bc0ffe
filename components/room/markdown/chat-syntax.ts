import type { Construct, Extension, State } from "micromark-util-types";
import { linkify } from "../linkify";

/**
 * What of CommonMark a chat line does without, because it would take away or blow up what somebody
 * typed: headings and rules (`# 1`, `---`), code by indentation, link definitions (they vanish), raw
 * HTML and character references (`&lt;b&gt;` is said as it is written).
 */
const LEFT_OUT = [
  "headingAtx",
  "setextUnderline",
  "thematicBreak",
  "codeIndented",
  "definition",
  "htmlFlow",
  "htmlText",
  "characterReference",
];

const [LOWER_H, UPPER_H] = [104, 72];

/** The syntax of one message: its addresses are found beforehand, so that no `_` in them is markup. */
export function chatSyntax(text: string): Extension {
  const address = literalAddresses(text);
  return {
    disable: { null: LEFT_OUT },
    flow: { null: endsAtLazyLine },
    text: { [LOWER_H]: address, [UPPER_H]: address },
  };
}

/** Takes each address that `linkify` finds as one piece, by its place in the text. */
function literalAddresses(text: string): Construct {
  const found = new Map<number, string>();
  let at = 0;
  for (const piece of linkify(text)) {
    if (piece.kind === "link") found.set(at, piece.text);
    at += piece.text.length;
  }
  return {
    name: "literalAddress",
    tokenize(effects, ok, nok) {
      const shown = found.get(this.now().offset) ?? "";
      let done = 0;
      const inside: State = (code) => {
        if (done === shown.length) {
          effects.exit("autolinkProtocol");
          effects.exit("autolink");
          return ok(code);
        }
        if (code !== shown.charCodeAt(done++)) return nok(code);
        effects.consume(code);
        return inside;
      };
      return (code) => {
        if (!shown) return nok(code);
        effects.enter("autolink");
        effects.enter("autolinkProtocol");
        return inside(code);
      };
    },
  };
}

/**
 * A line without the mark of its quote or list ends that: an answer typed right under a quote is not
 * part of it. (CommonMark would go on lazily, as email once did.)
 */
const endsAtLazyLine: Construct = {
  name: "endsAtLazyLine",
  tokenize(_effects, ok, nok) {
    return (code) => (this.interrupt && this.parser.lazy[this.now().line] ? ok(code) : nok(code));
  },
};
