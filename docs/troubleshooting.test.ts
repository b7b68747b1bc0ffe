import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { CLOSE_RULES } from "../lib/protocol/codes";

const root = path.resolve(import.meta.dirname, "..");
const sources = (folder: string, ending: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(ending) && !name.includes("test"))
    .map((name) => `${folder}/${name}`);
/** What runs before either side serves; the other commands say their own remedy. */
const START_UP = [
  ...["setup", "migrate", "seed"].map((name) => `scripts/${name}.mjs`),
  ...["config", "ports", "node-version", "browser", "build"].map(
    (name) => `scripts/lib/${name}.mjs`,
  ),
  ...sources("lib/env", ".ts"),
];
/** Parsing takes seconds on a busy machine. */
const SLOW_MS = 60_000;
/** Texts are compared without quotes of code, breaks and what a placeholder stands for. */
const plain = (text: string) => text.replaceAll("`", "").replace(/\s+/g, " ");
const document = plain(readFileSync(path.join(root, "docs/TROUBLESHOOTING.md"), "utf8"));

/** The texts that an expression can be; `…` for what is put in. */
function textsOf(node: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("")];
  }
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue, source), ...textsOf(node.whenFalse, source)];
  }
  if (!ts.isIdentifier(node)) return [];
  const named: string[] = [];
  const find = (at: ts.Node): void => {
    if (ts.isVariableDeclaration(at) && at.name.getText(source) === node.text && at.initializer) {
      named.push(...textsOf(at.initializer, source));
    }
    ts.forEachChild(at, find);
  };
  find(source);
  return named;
}

function problemsIn(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const made = ts.isNewExpression(node) ? node.expression.getText(source) : "";
    const [first, second] = (node as Partial<ts.NewExpression>).arguments ?? [];
    if (made === "Stop" && first) found.push(...textsOf(first, source));
    if (made === "ConfigurationProblem" && second) found.push(...textsOf(second, source));
    if (ts.isCallExpression(node) && node.expression.getText(source) === "problem" && first) {
      found.push(...textsOf(first, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it(
  "every text that a start can end with is in TROUBLESHOOTING.md",
  () => {
    const texts = START_UP.flatMap(problemsIn);
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((text) => !document.includes(plain(text).trim()))).toEqual([]);
  },
  SLOW_MS,
);

it("every close code is in TROUBLESHOOTING.md by number and name", () => {
  const missing = CLOSE_RULES.flatMap((rule) =>
    [rule.name, ...("alsoNamed" in rule ? rule.alsoNamed : [])].filter(
      (name) => !new RegExp(`${rule.code} (?:\\w+ , )?[^|]*\\b${name}\\b`).test(document),
    ),
  );
  expect(missing).toEqual([]);
});
