import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "..", file), "utf8");
const caddyfile = read("selfhost/Caddyfile");

/** A line of a Caddyfile, and the lines of its block. */
interface Directive {
  words: string;
  block: Directive[];
}

/** Blocks are braces at the ends of lines; braces within words are placeholders. */
function parse(text: string): Directive[] {
  const top: Directive = { words: "", block: [] };
  const open = [top];
  for (const line of text.split("\n").map((one) => one.trim())) {
    const inner = open.at(-1);
    if (!inner || line === "" || line.startsWith("#")) continue;
    if (line === "}") {
      open.pop();
      continue;
    }
    const opens = /(^|\s)\{$/.test(line);
    const directive = { words: line.replace(/\s*\{$/, ""), block: [] };
    inner.block.push(directive);
    if (opens) open.push(directive);
  }
  expect(open).toEqual([top]);
  return top.block;
}

/** With each `import` replaced by the lines of its snippet. */
function imported(block: Directive[], snippets: Map<string, Directive[]>): Directive[] {
  return block.flatMap(({ words, block: inner }) => {
    const name = /^import (\S+)$/.exec(words)?.[1];
    if (name !== undefined) return snippets.get(`(${name})`) ?? [];
    return [{ words, block: imported(inner, snippets) }];
  });
}

const at = (block: Directive[], ...names: string[]): Directive[] =>
  names.reduce((inner, name) => inner.find(({ words }) => words === name)?.block ?? [], block);
const wordsOf = (block: Directive[]) => block.map(({ words }) => words);

/** What of a Caddyfile would write a secret to a log, in words. */
function leaksOf(text: string): string[] {
  const all = parse(text);
  const snippets = new Map(
    all.filter(({ words }) => words.startsWith("(")).map(({ words, block }) => [words, block]),
  );
  const blocks = imported(
    all.filter(({ words }) => !words.startsWith("(")),
    snippets,
  );
  const globals = blocks.filter(({ words }) => words === "").flatMap(({ block }) => block);
  const sites = blocks.filter(({ words }) => words !== "");
  const logs = [
    ...[["what goes wrong", at(globals, "log default")] as const],
    ...sites.flatMap(({ words, block }) =>
      block
        .filter((directive) => directive.words.startsWith("log"))
        .map((log) => [words, log.block] as const),
    ),
  ];
  return logs.flatMap(([of, log]) => {
    const filter = at(log, "format filter");
    const fields = at(filter, "fields");
    const needed = [
      ...["token", "code", "state"].map((name) => `replace ${name} REDACTED`),
      ...["request>headers>Cookie", "request>headers>Authorization", "resp_headers>Set-Cookie"].map(
        (name) => `${name} delete`,
      ),
    ];
    const found = [...wordsOf(fields), ...wordsOf(at(fields, "request>uri query"))];
    return needed.filter((words) => !found.includes(words)).map((words) => `${of}: ${words}`);
  });
}

describe("the sample proxy", () => {
  it("logs no token, code, state, cookie or bearer, neither of what is asked nor of what goes wrong", () => {
    expect(leaksOf(caddyfile)).toEqual([]);
    const sites = parse(caddyfile).filter(({ words }) => words.startsWith("{$"));
    expect(wordsOf(sites)).toEqual(["{$APP_NAME}", "{$PARTY_NAME}"]);
  });

  it.each(
    caddyfile
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => /^(import|replace|\S+ delete$)/.test(line))
      .map((line, index) => [line, index] as const),
  )("would be told from one without its line %j (%i)", (line, index) => {
    const lines = caddyfile.split("\n");
    const guards = lines.flatMap((one, place) =>
      /^\s*(import|replace|\S+ delete$)/.test(one) ? [place] : [],
    );
    const place = guards[index] ?? -1;
    expect(lines[place]?.trim()).toBe(line);
    expect(leaksOf(lines.toSpliced(place, 1).join("\n"))).not.toEqual([]);
  });
});

describe("the sample of nginx in OPERATION.md", () => {
  const sample = /```nginx\n([^]*?)```/.exec(read("docs/OPERATION.md"))?.[1] ?? "";

  it("logs nothing that holds a query, neither of what is asked nor of what goes wrong", () => {
    const format = /log_format guestlist '([^']*)'/.exec(sample)?.[1] ?? "";
    expect(format).toContain("$uri");
    expect(
      format.match(/\$(request|request_uri|args|query_string|arg_\w+|http_\w+)\b/g),
    ).toBeNull();
    expect(sample).toMatch(/^ *access_log \S+ guestlist;$/m);
    // Lower levels write the line of each request that was not answered.
    expect(sample).toMatch(/^ *error_log \S+ crit;$/m);
    expect(sample.match(/(access|error)_log/g)).toHaveLength(2);
  });
});

it("the platform writes no addresses of the worker's requests to its logs", () => {
  const settings = JSON.parse(read("wrangler.json")) as Record<string, unknown>;
  expect(settings.observability).toMatchObject({ logs: { enabled: true, invocation_logs: false } });
  expect(settings.logpush ?? false).toBe(false);
  expect(settings.tail_consumers ?? []).toEqual([]);
});
