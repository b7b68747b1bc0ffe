import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;

/** Reads `NAME=value` lines; quotes around a value are taken off, `#` lines are comments. */
export function readEnvFile(path) {
  const values = {};
  if (!existsSync(path)) return values;
  for (const line of readFileSync(path, "utf8").split(/\r?\n/)) {
    const match = line.trimStart().startsWith("#") ? null : LINE.exec(line);
    if (!match) continue;
    const [, name, raw] = match;
    const quote = raw[0];
    values[name] =
      raw.length > 1 && (quote === "'" || quote === '"') && raw.endsWith(quote)
        ? raw.slice(1, -1)
        : raw.replace(/\s+#.*$/, "");
  }
  return values;
}

/** Appends what is missing and leaves every existing line as it is. Readable by its owner only. */
export function addToEnvFile(path, missing, heading) {
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  const lines = Object.entries(missing).map(([name, value]) => `${name}='${value}'`);
  const gap = old === "" ? "" : old.endsWith("\n") ? "\n" : "\n\n";
  writeFileSync(path, `${old}${gap}# ${heading}\n${lines.join("\n")}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

/**
 * Gives names other values, each in its own line, and leaves all other lines as they are. Written
 * beside and then moved, so that a power cut leaves either all of it or nothing.
 */
export function changeInEnvFile(path, values) {
  const left = new Map(Object.entries(values));
  const line = (name) => `${name}='${values[name]}'`;
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text) => {
      const name = text.trimStart().startsWith("#") ? undefined : LINE.exec(text)?.[1];
      if (name === undefined || !(name in values)) return [text];
      // Of two lines of one name the last counts: one is enough.
      return left.delete(name) ? [line(name)] : [];
    });
  if (lines.at(-1) === "") lines.pop();
  const whole = [...lines, ...[...left.keys()].map(line), ""].join("\n");
  writeFileSync(`${path}.new`, whole, { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}
