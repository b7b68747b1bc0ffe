import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";

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
