import { readdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./config.mjs";

const FOLDERS = [".", "docs", "docs/decisions"];

/** The project's documents, as paths from its folder: `README.md`, `docs/PROTOCOL.md`. */
export const documentsIn = (root = ROOT) =>
  FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => path.join(folder, name)),
  );
