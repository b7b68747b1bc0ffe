import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareBuilds, digestsOf } from "./reproducible.mjs";

let folder;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "guestlist-reproducible-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A build with ids of its own, as Next leaves one; `changes` are files beside or in place of these. */
function build(name, changes = {}) {
  const [id, key] = [`build-${name}-id`, `${name}-key`];
  const at = path.join(folder, name, ".next");
  const files = {
    BUILD_ID: id,
    "prerender-manifest.json": JSON.stringify({ preview: { previewModeSigningKey: key } }),
    "server/server-reference-manifest.json": JSON.stringify({ encryptionKey: `${key}-actions` }),
    [`static/${id}/_buildManifest.js`]: "self.x=1",
    "static/chunks/a.js": `const of = "${id}";`,
    "required-server-files.json": JSON.stringify({ appDir: path.join(folder, name) }),
    "cache/x": name,
    trace: name,
    ...changes,
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
  return digestsOf(at);
}

describe("two builds", () => {
  it("are the same where they differ in random ids, their folder, caches and times alone", () => {
    const { same, different, inOneAlone } = compareBuilds(build("one"), build("other"));
    expect([different, inOneAlone]).toEqual([[], []]);
    expect(same).toHaveLength(6);
    expect(same).toContain("static/<build-id>/_buildManifest.js");
  });

  it("are told apart by one byte, also of no text, and by a file more", () => {
    const one = build("one", { "static/font.woff2": Buffer.from([0, 128, 255]) });
    const other = build("other", {
      "static/font.woff2": Buffer.from([0, 129, 255]),
      "static/chunks/a.js": `const of = "build-other-id" ;`,
      "server/more.js": "1",
    });
    expect(compareBuilds(one, other)).toMatchObject({
      different: ["static/chunks/a.js", "static/font.woff2"],
      inOneAlone: ["server/more.js"],
    });
  });

  it("are told apart by a text that is no id of a build", () => {
    const of = (name) => build(name, { "static/chunks/b.js": `made at ${name}` });
    expect(compareBuilds(of("one"), of("other")).different).toEqual(["static/chunks/b.js"]);
  });
});
