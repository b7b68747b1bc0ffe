import type { ReactNode } from "react";
import { Fragment } from "react";
import type { KnownName } from "@/lib/protocol/mentions";
import { findMentions } from "@/lib/protocol/mentions";
import { cx } from "../ui/cx";
import { linkify } from "./linkify";

/** Text with the people it mentions: others coloured, oneself bold on a wash, too. */
export function withMentions(text: string, names: readonly KnownName[]): ReactNode {
  if (!text.includes("@")) return text;
  return findMentions(text, names).map((piece, index) =>
    piece.kind === "text" ? (
      piece.text
    ) : (
      <span
        key={index}
        className={cx(
          "text-accent-ink",
          piece.mine ? "rounded-[4px] bg-accent-wash px-1 font-bold" : "font-medium",
        )}
      >
        {piece.text}
      </span>
    ),
  );
}

/** Text without markup: its links, and the people it mentions. */
export function withLinks(text: string, names: readonly KnownName[]): ReactNode {
  return linkify(text).map((piece, index) =>
    piece.kind === "text" ? (
      <Fragment key={index}>{withMentions(piece.text, names)}</Fragment>
    ) : (
      <SafeLink key={index} href={piece.href}>
        {piece.text}
      </SafeLink>
    ),
  );
}

/**
 * A link out of the house; `href` is one of `safeHref`. `tabIndex={-1}`: the transcript is one tab
 * stop; Enter on a message leads inside.
 */
export function SafeLink({
  href,
  title,
  children,
}: {
  href: string;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    <a
      href={href}
      title={title}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      tabIndex={-1}
      className="text-accent-ink underline decoration-1 underline-offset-2 hover:decoration-2"
    >
      {children}
    </a>
  );
}
