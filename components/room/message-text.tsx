import { linkify } from "./linkify";

/**
 * A message as it was typed: plain text with its line breaks, and safe links. Direction follows the
 * text itself. `tabIndex={-1}`: the transcript is one tab stop; Enter on a message leads inside.
 */
export function MessageText({ text }: { text: string }) {
  return (
    <p dir="auto" className="reading break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
      {linkify(text).map((piece, index) =>
        piece.kind === "text" ? (
          piece.text
        ) : (
          <a
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            tabIndex={-1}
            className="text-accent-ink underline decoration-1 underline-offset-2 hover:decoration-2"
          >
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}
