import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ADJUSTABLE } from "../lib/protocol/limits";
import { documentsIn } from "../scripts/lib/documents.mjs";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const documents: string[] = documentsIn();
/** As GitHub names them. */
const anchorsIn = (file: string) =>
  all(/^#{1,6} (.+)$/gm, read(file)).map((heading) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
const all = (pattern: RegExp, text: string) =>
  [...text.matchAll(pattern)].flatMap(([, ...groups]) => groups.filter(Boolean) as string[]);

describe("the documents are true", () => {
  it.each(documents)("%s links only to what is there", (file) => {
    const links = all(/\]\((?!https?:|#)([^)#]+)/g, read(file));
    const dead = links.filter((link) => !existsSync(path.resolve(root, path.dirname(file), link)));
    expect(dead).toEqual([]);
  });

  it.each(documents)("%s links only to headings that are there", (file) => {
    const links = all(/\]\((?!https?:)([^)]*#[^)]+)\)/g, read(file));
    const dead = links.filter((link) => {
      const [to = "", anchor = ""] = link.split("#");
      const target = to === "" ? file : path.join(path.dirname(file), to);
      return !anchorsIn(target).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  /** Mermaid takes it for the end of a statement, and GitHub then shows an error in place of the figure. */
  it.each(documents)("%s has no semicolon in a figure", (file) => {
    const figures = all(/```mermaid\n([\s\S]*?)```/g, read(file));
    expect(figures.filter((figure) => figure.includes(";"))).toEqual([]);
  });

  it.each(documents)("%s names only files that are there", (file) => {
    const named = all(
      /`((?:app|bench|components|docs|e2e|lib|party|scripts|selfhost)\/[\w./[\]-]*)`/g,
      read(file),
    );
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it.each(documents)("%s names only commands that package.json has", (file) => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = all(/npm (?:run )?(start|test|(?<=run )[a-z0-9:]+)/g, read(file));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(documents)("%s names only variables that .env.example has", (file) => {
    const known = new Set(all(/^# ([A-Z][A-Z_]+)=$/gm, read(".env.example")));
    const ours =
      /`((?:PARTY|PASSWORD|LIMIT|NEXTAUTH|DATABASE|APP|GITHUB|GOOGLE|METRICS|TRUST)_[A-Z_]+)(?:=[^`]*)?`/g;
    // Names of the code, and of the container's own settings, which are no variables of either side.
    const others = [
      "PARTY_TOKEN_ROTATED_AT",
      "APP_NAME",
      "PARTY_NAME",
      "APP_UPSTREAM",
      "PARTY_UPSTREAM",
    ];
    expect(
      all(ours, read(file)).filter((name) => !known.has(name) && !others.includes(name)),
    ).toEqual([]);
  });

  it("RUNBOOK.md and SECURITY.md name only operations that npm run admin has", () => {
    const operations = all(/^ {2}"?([a-z-]+)"?: "\1/gm, read("lib/api/operator.ts"));
    expect(operations.length).toBeGreaterThan(5);
    const named = documents.flatMap((file) => all(/npm run admin -- ([a-z-]+)/g, read(file)));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !operations.includes(name))).toEqual([]);
  });

  it("every variable of the party reaches it on workerd alone", () => {
    const given = all(/fromEnvironment = "([A-Z_]+)"/g, read("selfhost/party.capnp"));
    const asked = all(/(?:given\.|given, "|= ")([A-Z][A-Z_]{4,})/g, read("lib/env/party.ts"));
    const secrets = all(/^ {2}"([A-Z_]+)",$/gm, read("lib/env/party.ts"));
    expect(asked.filter((name) => !given.includes(name) && !secrets.includes(name))).toEqual([]);
  });

  it("ARCHITECTURE.md shows every folder of lib", () => {
    const folders = readdirSync(path.join(root, "lib"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `lib/${name}/`);
    const text = read("docs/ARCHITECTURE.md");
    expect(folders.filter((folder) => !text.includes(`\`${folder}\``))).toEqual([]);
  });

  it(".env.example names every variable that either side or the commands read, and no other", () => {
    const server = read("lib/env/server.ts") + read("lib/env/hosts.ts");
    const given = all(/given(?:\.|, ")([A-Z][A-Z_]+)/g, server);
    const party = all(/(?:given\.|given, "|= ")([A-Z][A-Z_]{4,})/g, read("lib/env/party.ts"));
    const pairs = ["GITHUB", "GOOGLE"].flatMap((name) => [`${name}_ID`, `${name}_SECRET`]);
    const commands = all(/env\.([A-Z][A-Z_]+)/g, read("scripts/lib/config.mjs"));
    const known = new Set([...given, ...party, ...pairs, ...commands, ...Object.keys(ADJUSTABLE)]);
    // Set by the tools and the host, never by a person.
    const hosts = ["VERCEL", "VERCEL_ENV", "VERCEL_URL", "VERCEL_BRANCH_URL"];
    for (const name of ["NODE_ENV", ...hosts, "GITHUB", "GOOGLE"]) known.delete(name);
    const shown = all(/^# ([A-Z][A-Z_]+)=$/gm, read(".env.example"));
    expect(shown.toSorted()).toEqual([...known].toSorted());
  });
});
