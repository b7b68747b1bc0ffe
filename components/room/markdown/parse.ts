import type { Root } from "mdast";
import type { Extension } from "mdast-util-from-markdown";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { chatSyntax } from "./chat-syntax";

/** Trees of the messages drawn last: scrolling back to one parses nothing. */
const kept = new Map<string, Root>();
const KEPT = 300;

/** A message as a tree. Pure but for what it remembers; the tree must not be changed. */
export function parseMarkdown(text: string): Root {
  const known = kept.get(text);
  if (known) return known;
  const tree = fromMarkdown(text, {
    extensions: [gfmStrikethrough({ singleTilde: false }), chatSyntax(text)],
    mdastExtensions: [strikethrough],
  });
  const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(text, tree);
  return tree;
}

const strikethrough: Extension = {
  canContainEols: ["delete"],
  enter: {
    strikethrough(token) {
      this.enter({ type: "delete", children: [] }, token);
    },
  },
  exit: {
    strikethrough(token) {
      this.exit(token);
    },
  },
};
