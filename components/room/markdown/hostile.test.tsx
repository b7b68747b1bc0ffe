import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ATTACKS, NAUGHTY } from "../testing/hostile-lines";
import { MessageText } from "../message-text";
import { drawMarkdown } from "./draw";
import { worthParsing } from "./worth";

const ALLOWED: Record<string, RegExp> = {
  ...Object.fromEntries(
    ["p", "br", "strong", "em", "del", "code", "blockquote", "ul", "li", "pre", "div", "span"].map(
      (name) => [name, /^(class|dir)$/],
    ),
  ),
  ol: /^(class|dir|start)$/,
  a: /^(class|href|title|target|rel|tabindex)$/,
  button: /^(class|type|tabindex)$/,
  svg: /^(class|xmlns|width|height|viewBox|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin|aria-hidden)$/,
  rect: /^(width|height|x|y|rx|ry)$/,
  path: /^d$/,
};
const TAG = /<\/?([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"<>]*")*)\/?>/g;

/** Fails on any element or attribute that is not on the list, and on any `<` that is no element of ours. */
function expectHarmless(html: string) {
  for (const [, name, attributes] of html.matchAll(TAG)) {
    expect(ALLOWED, `<${name}>`).toHaveProperty(name!);
    for (const [, key, value] of attributes!.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)) {
      expect(key, `<${name}>`).toMatch(ALLOWED[name!]!);
      if (key === "href") expect(value).toMatch(/^(https?:\/\/[^/@]+(\/|$)|mailto:)/);
      if (key === "rel") expect(value).toBe("noopener noreferrer nofollow ugc");
    }
  }
  expect(html.replaceAll(TAG, "")).not.toContain("<");
}

describe("hostile text", () => {
  it.each([
    ["attacks", ATTACKS],
    ["naughty strings", NAUGHTY],
  ])("%s become nothing but the elements of messages", (_name, lines) => {
    for (const line of lines) {
      expectHarmless(renderToStaticMarkup(drawMarkdown(line, [])));
      expectHarmless(renderToStaticMarkup(<MessageText text={line} />));
    }
  });

  it("holds for any mixture of signs", () => {
    const part = fc.oneof(
      fc.constantFrom(..."*_~`[]()<>!#-+.:\\\"'&@\n \t".split("")),
      fc.constantFrom("javascript:", "https://a.example", "data:", "```", "> ", "- ", "1. ", "x"),
      fc.constantFrom(...ATTACKS),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        expectHarmless(renderToStaticMarkup(drawMarkdown(parts.join(""), [])));
      }),
      { numRuns: 200 },
    );
  });

  it("keeps marks stacked on a letter within their message", () => {
    const drawn = (text: string) => renderToStaticMarkup(<MessageText text={text} />);
    expect(drawn(`a${"\u0301".repeat(40)}`)).toContain("overflow-clip");
    expect(drawn("Vi\u0323\u0302t nam")).not.toContain("overflow-clip");
  });

  const repeated = (part: string) => part.repeat(4_000 / part.length);
  it.each(
    [
      ...[
        "[",
        "*",
        ">",
        "> ",
        "- ",
        "-\n",
        "1. ",
        "`",
        "` ",
        "_a ",
        "**a",
        "![",
        "[a](",
        "<",
        "\\",
      ],
      ...["~~", "> - ", "  - a\n", "[a]", "*a **b ", "@", "https://a ", "h", "\n", "> a\nb\n"],
      ...["🏳️‍🌈", "\u0301", "***a", "_*_*a", "```\n"],
    ].map((part) => [part]),
  )("4,000 characters of %j are drawn before anybody notices", (part) => {
    const text = repeated(part);
    const started = performance.now();
    const html = renderToStaticMarkup(
      worthParsing(text) ? drawMarkdown(text, []) : <MessageText text={text} />,
    );
    // On an idle machine none takes 50 ms; where tests run it is seldom idle.
    expect(performance.now() - started).toBeLessThan(1_000);
    expectHarmless(html);
  });
});
