import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./config.mjs";

/** The scripts that a page needs before it comes to life, as its document names them. */
const scriptsOf = (html) =>
  new Set([...html.matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([file]) => file));

/**
 * What a page of the built app needs beside what a page with nothing on it does: bytes after gzip,
 * and one line for each file.
 * @param {string} empty the document of a page with nothing on it
 * @param {string} html the page's own
 */
export function bytesOver(empty, html) {
  const base = scriptsOf(empty);
  const all = scriptsOf(html);
  // Another bundler, other names: a page without scripts has not been weighed.
  if (base.size === 0 || all.size === 0) throw new Error("no scripts found in the pages");
  const own = [...all].filter((file) => !base.has(file));
  const sizes = own.map((file) => gzipSync(readFileSync(path.join(ROOT, ".next", file))).length);
  return {
    bytes: sizes.reduce((one, other) => one + other, 0),
    table: own.map((file, index) => `${sizes[index]} ${file}`).join("\n"),
  };
}
