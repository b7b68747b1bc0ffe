import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { namesToFind } from "@/lib/protocol/mentions";
import { drawMarkdown } from "./draw";

const names = namesToFind(
  [
    { id: "ada", name: "Ada" },
    { id: "grace", name: "Grace" },
  ],
  "grace",
);
/** The markup without what only looks. */
const drawn = (text: string) =>
  renderToStaticMarkup(drawMarkdown(text, names))
    .replaceAll(/ (class|dir|tabindex|target|rel)="[^"]*"/g, "")
    .replaceAll(/<svg.*?<\/svg>/g, "");

describe("Markdown in messages", () => {
  it.each([
    ["**bold** and *leaning*", "<p><strong>bold</strong> and <em>leaning</em></p>"],
    ["~~gone~~ but ~not~ this", "<p><del>gone</del> but ~not~ this</p>"],
    ["run `npm test` now", "<p>run <code>npm test</code> now</p>"],
    ["one\ntwo", "<p>one\ntwo</p>"],
    ["one\n\ntwo", "<p>one</p><p>two</p>"],
    ["- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
    ["3. c\n4. d", '<ol start="3"><li><p>c</p></li><li><p>d</p></li></ol>'],
    ["snake_case_name and 2*3*4 = 24", "<p>snake_case_name and 2<em>3</em>4 = 24</p>"],
    [
      "see [the notes](https://example.com/n)",
      '<p>see <a href="https://example.com/n" title="https://example.com/n">the notes</a></p>',
    ],
    [
      "[mail](mailto:a@example.com)",
      '<p><a href="mailto:a@example.com" title="mailto:a@example.com">mail</a></p>',
    ],
    [
      "*https://example.com/*",
      '<p><em><a href="https://example.com/">https://example.com/</a></em></p>',
    ],
  ])("%j", (text, html) => expect(drawn(text)).toBe(html));

  it("keeps code as it was typed, with a button that copies it", () => {
    expect(drawn("```ts\nif (a < b) {\n  *x*\n}\n```")).toBe(
      '<div><div><span>ts</span><button type="button">Copy</button></div><pre><code>if (a &lt; b) {\n  *x*\n}</code></pre></div>',
    );
  });

  it("ends a quote and a list where their marks end, so that an answer is no part of it", () => {
    expect(drawn("> quoted\nanswer")).toBe("<blockquote><p>quoted</p></blockquote><p>answer</p>");
    expect(drawn("- one\nthanks")).toBe("<ul><li><p>one</p></li></ul><p>thanks</p>");
  });

  it.each(["# 1", "a\n---", "***", "    four spaces", "&lt;b&gt; &amp;", "<b>so</b>", "[a]: b"])(
    "takes nothing away from %j, which only looks like markup",
    (text) => {
      const shown = renderToStaticMarkup(text.trim());
      expect(drawn(text)).toBe(`<p>${shown}</p>`);
    },
  );

  it("keeps addresses whole, whatever signs are in them", () => {
    const address = "https://example.com/a/__init__.py?x=*y*&z=~~1~~#a";
    const shown = renderToStaticMarkup(address);
    expect(drawn(`_see_ ${address}`)).toBe(`<p><em>see</em> <a href="${shown}">${shown}</a></p>`);
  });

  it.each([
    "[x](javascript:alert(1))",
    "[x](/settings)",
    "[https://bank.example](https://evil.example)",
    "![x](data:image/png;base64,AAAA)",
  ])("shows %j as it was typed: it is no link to anywhere", (text) => {
    expect(drawn(`so *${text}*`)).toBe(`<p>so <em>${text}</em></p>`);
  });

  it("makes a picture a link: nothing is fetched before somebody asks for it", () => {
    expect(drawn("![the plan](https://example.com/plan.png)")).toBe(
      '<p><a href="https://example.com/plan.png">the plan</a></p>',
    );
  });

  it("finds mentions in text, not in code or in the words of a link", () => {
    expect(drawn("*@ada* `@Ada` [@Ada](https://example.com)")).toMatch(
      /^<p><em><span>@ada<\/span><\/em> <code>@Ada<\/code> <a [^>]*>@Ada<\/a><\/p>$/,
    );
  });

  it("draws eight levels and shows the rest as it was typed", () => {
    const html = drawn(`${"> ".repeat(12)}deep`);
    expect(html.match(/<blockquote>/g)).toHaveLength(8);
    expect(html).toContain("&gt; deep");
  });
});
