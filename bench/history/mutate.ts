import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { DATA, ROOT } from "../../scripts/lib/config.mjs";
import type { Mutant } from "./mutants";

const FOLDERS = ["party", "lib"];

/**
 * Copies the sources and makes the mistake in the copy, by exact lines: where the code has changed so
 * that a line is there no longer, or more than once, making it fails and says so. Gives back its
 * folder, inside of the project so that packages are found.
 * @throws Error where a line of the patch is not there exactly once
 */
export function makeMutant({ name, patches }: Pick<Mutant, "name" | "patches">): {
  folder: string;
  remove(): void;
} {
  mkdirSync(path.join(DATA, "mutants"), { recursive: true });
  const folder = mkdtempSync(path.join(DATA, "mutants/"));
  for (const one of FOLDERS) {
    cpSync(path.join(ROOT, one), path.join(folder, one), {
      recursive: true,
      filter: (file) => !/\.test\.tsx?$/.test(file),
    });
  }
  for (const { find, put } of patches) {
    const places = sources(folder).filter((file) => readFileSync(file, "utf8").includes(find));
    const text = places[0] === undefined ? "" : readFileSync(places[0], "utf8");
    if (places.length !== 1 || text.split(find).length !== 2) {
      rmSync(folder, { recursive: true });
      throw new Error(
        `"${name}" needs this in one place, and finds it in ${places.length}: ${find}`,
      );
    }
    writeFileSync(
      places[0] as string,
      text.replace(find, () => put),
    );
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
