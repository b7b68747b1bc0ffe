import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Of a build what is neither served nor run: what the next build reuses, times, reports. */
const ASIDE = /^(cache|diagnostics|types|build|turbopack)(\/|$)|^trace(-build)?$|\.tsbuildinfo$/;

/** @returns {string[]} the files under a folder, relative to it, in one order everywhere */
export function filesIn(folder, under = "") {
  return readdirSync(path.join(folder, under), { withFileTypes: true })
    .flatMap((entry) => {
      const name = path.posix.join(under, entry.name);
      if (ASIDE.test(name)) return [];
      return entry.isDirectory() ? filesIn(folder, name) : entry.isFile() ? [name] : [];
    })
    .sort();
}

/**
 * What Next draws at random for each build, and the folder it was made in: texts that may differ,
 * each with the name that stands for it while two builds are compared.
 * @returns {[text: string, name: string][]}
 */
export function idsOf(build) {
  const json = (name) => {
    const file = path.join(build, name);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  };
  const { preview = {} } = json("prerender-manifest.json");
  const { encryptionKey } = json("server/server-reference-manifest.json");
  const given = [
    [readFileSync(path.join(build, "BUILD_ID"), "utf8").trim(), "build-id"],
    [preview.previewModeId, "preview-id"],
    [preview.previewModeSigningKey, "preview-signing-key"],
    [preview.previewModeEncryptionKey, "preview-encryption-key"],
    [encryptionKey, "action-key"],
    [path.dirname(build), "folder"],
  ];
  return given.filter(([text]) => typeof text === "string" && text !== "");
}

/**
 * The digest of each file of a build, with its ids replaced by their names, in paths too.
 * @returns {Map<string, string>}
 */
export function digestsOf(build, ids = idsOf(build)) {
  const plain = (text) => ids.reduce((all, [id, name]) => all.replaceAll(id, `<${name}>`), text);
  return new Map(
    filesIn(build).map((name) => {
      const text = plain(readFileSync(path.join(build, name), "latin1"));
      return [plain(name), createHash("sha256").update(text, "latin1").digest("hex")];
    }),
  );
}

/**
 * How two builds differ, by paths.
 * @param {Map<string, string>} one
 * @param {Map<string, string>} other
 */
export function compareBuilds(one, other) {
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return {
    same: names.filter((name) => one.get(name) === other.get(name)),
    different: names.filter(
      (name) => one.has(name) && other.has(name) && one.get(name) !== other.get(name),
    ),
    inOneAlone: names.filter((name) => !one.has(name) || !other.has(name)),
  };
}
