import type { Link, List, Nodes, Parents } from "mdast";
import type { ReactNode } from "react";
import { Fragment } from "react";
import type { KnownName } from "@/lib/protocol/mentions";
import { safeHref } from "../safe-href";
import { SafeLink, withMentions } from "../words";
import { CodeBlock } from "./code-block";
import { parseMarkdown } from "./parse";

/** Deeper than this nobody quotes or lists; what is deeper is shown as it was typed. */
const MAX_DEPTH = 8;

interface Drawing {
  source: string;
  names: readonly KnownName[];
  depth: number;
  inLink: boolean;
}

/** The blocks of a message. What is not on the list below is drawn as its source. */
export function drawMarkdown(source: string, names: readonly KnownName[]): ReactNode {
  return inside(parseMarkdown(source), { source, names, depth: 0, inLink: false });
}

function inside(node: Parents, drawing: Drawing): ReactNode {
  const deeper = { ...drawing, depth: drawing.depth + 1 };
  return node.children.map((child, index) => (
    <Fragment key={index}>{draw(child, deeper)}</Fragment>
  ));
}

function draw(node: Nodes, drawing: Drawing): ReactNode {
  if (drawing.depth > MAX_DEPTH) return sourceOf(node, drawing);
  switch (node.type) {
    case "text":
      return drawing.inLink ? node.value : withMentions(node.value, drawing.names);
    case "break":
      return <br />;
    case "paragraph":
      return <p dir="auto">{inside(node, drawing)}</p>;
    case "strong":
      return <strong className="font-semibold">{inside(node, drawing)}</strong>;
    case "emphasis":
      return <em>{inside(node, drawing)}</em>;
    case "delete":
      return <del>{inside(node, drawing)}</del>;
    case "inlineCode":
      return (
        <code className="rounded-[4px] border border-line bg-sunken px-1 font-mono text-[0.875em]">
          {node.value}
        </code>
      );
    case "code":
      return <CodeBlock code={node.value} language={node.lang ?? ""} />;
    case "blockquote":
      return (
        <blockquote className="grid gap-2 border-l-2 border-strong pl-3 text-soft">
          {inside(node, drawing)}
        </blockquote>
      );
    case "list":
      return list(node, drawing);
    case "listItem":
      return <li className="pl-0.5 marker:text-quiet">{inside(node, drawing)}</li>;
    case "link":
      return link(node, drawing);
    case "image": {
      const href = drawing.inLink ? null : safeHref(node.url);
      return href ? <SafeLink href={href}>{node.alt || href}</SafeLink> : sourceOf(node, drawing);
    }
    default:
      return sourceOf(node, drawing);
  }
}

function list(node: List, drawing: Drawing): ReactNode {
  const look = "grid gap-0.5 ps-6";
  return node.ordered ? (
    <ol start={node.start ?? 1} dir="auto" className={`list-decimal ${look}`}>
      {inside(node, drawing)}
    </ol>
  ) : (
    <ul dir="auto" className={`list-disc ${look}`}>
      {inside(node, drawing)}
    </ul>
  );
}

/** A link by its words says in its title where it leads; one whose words claim another place is none. */
function link(node: Link, drawing: Drawing): ReactNode {
  if (drawing.inLink) return inside(node, drawing);
  const href = safeHref(node.url);
  const words = wordsOf(node);
  if (!href || words.trim() === "" || deceives(words, href)) return sourceOf(node, drawing);
  return (
    <SafeLink href={href} title={words === node.url ? undefined : href}>
      {inside(node, { ...drawing, inLink: true })}
    </SafeLink>
  );
}

function wordsOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(wordsOf).join("") : "";
}

const CLAIM = /(?:https?:\/\/|www\.)[^\s/?#]+/iu;

function deceives(words: string, href: string): boolean {
  const claim = CLAIM.exec(words)?.[0];
  if (!claim) return false;
  const claimed = safeHref(/^http/iu.test(claim) ? claim : `https://${claim}`);
  return claimed === null || new URL(claimed).host !== new URL(href).host;
}

const sourceOf = ({ position }: Nodes, { source }: Drawing): string =>
  source.slice(position?.start.offset, position?.end.offset);
