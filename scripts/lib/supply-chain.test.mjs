import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file) => readFileSync(path.join(root, file), "utf8");
const { packages } = JSON.parse(read("package-lock.json"));
const { dependencies, devDependencies, overrides } = JSON.parse(read("package.json"));

const nameOf = (place) => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
const all = Object.entries(packages)
  .filter(([place]) => place !== "")
  .map(([place, entry]) => ({ place, name: nameOf(place), ...entry }));
const shipped = all.filter(({ dev }) => !dev);

/** The packages that a command imports, itself or through files of ours, at once or later. */
function packagesOf(file, seen = new Map()) {
  if (seen.has(file)) return new Set();
  const imported = [...read(file).matchAll(/(?:^import .*?|from |import\()"([^"]+)"/gms)];
  const names = imported.map(([, name]) => name).filter((name) => !name.startsWith("node:"));
  seen.set(file, names);
  const files = names.filter((name) => name.startsWith("."));
  for (const name of files) packagesOf(path.join(path.dirname(file), name), seen);
  const all = [...seen.values()].flat().filter((name) => !name.startsWith("."));
  return new Set(all.map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/")));
}

const isAtLeast = (version, floor) => {
  const [a, b] = [version, floor].map((text) => text.split("-")[0].split(".").map(Number));
  const at = a.findIndex((part, i) => part !== b[i]);
  return at === -1 || a[at] > b[at];
};

describe("the lock file", () => {
  /** The first release without a hole that this app would have had. */
  it.each([
    ["next", "16.3.3"],
    ["next-auth", "4.24.15"],
    ["ws", "8.21.0"],
    ["react", "19.2.1"],
    ["react-dom", "19.2.1"],
    ["jose", "4.15.9"],
  ])("has no %s below %s in what is shipped", (wanted, floor) => {
    const found = shipped.filter(({ name }) => name === wanted);
    expect(found.length).toBeGreaterThan(0);
    for (const { place, version } of found) {
      expect(isAtLeast(version, floor), `${place} ${version}`).toBe(true);
    }
  });

  it("ships nothing of the local engines", () => {
    const engines = ["undici", "esbuild", "workerd", "miniflare", "partykit", "wrangler", "vite"];
    expect(shipped.filter(({ name }) => engines.includes(name)).map(({ place }) => place)).toEqual(
      [],
    );
  });

  /** Beside the app that is served: what is there is what `npm ci --omit=dev` installs. */
  it.each(["admin", "migrate", "backup", "restore", "doctor"])(
    "ships all that npm run %s imports",
    (command) => {
      const asked = packagesOf(`scripts/${command}.mjs`);
      expect(asked.size).toBeGreaterThan(0);
      expect([...asked].filter((name) => !(name in dependencies))).toEqual([]);
    },
  );

  it("has a digest for each package, from the registry alone, and no address", () => {
    const text = read("package-lock.json");
    expect(text).not.toMatch(/"resolved"|git\+|git@|"file:|http:/);
    // What is bundled in another package is covered by that one's digest.
    const without = all.filter(({ integrity, inBundle }) => !inBundle && !integrity);
    expect(without.map(({ place }) => place)).toEqual([]);
    const weak = all.filter(({ integrity }) => integrity && !integrity.startsWith("sha512-"));
    expect(weak.map(({ place }) => place)).toEqual([]);
  });

  it("runs scripts at the installation of known packages only, and of none that is shipped", () => {
    const running = all.filter(({ hasInstallScript }) => hasInstallScript);
    const known = ["esbuild", "sharp", "unrs-resolver", "workerd"];
    expect(running.filter(({ name }) => !known.includes(name))).toEqual([]);
    expect(running.filter(({ dev }) => !dev)).toEqual([]);
  });

  it("names exact versions of everything that is asked for", () => {
    const asked = { ...dependencies, ...devDependencies, ...overrides };
    expect(Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
      [],
    );
  });

  it("ships under licences that MIT may be shipped with", () => {
    const fine = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|OFL-1\.1|CC-BY-4\.0|BlueOak-1\.0\.0)$/;
    // libvips is a library of its own that next asks for where it can; images are not optimised here.
    const others = shipped.filter(
      ({ license, name, optional }) =>
        !fine.test(license ?? "") && !(optional && name.startsWith("@img/sharp-")),
    );
    expect(others.map(({ place, license }) => `${place}: ${license}`)).toEqual([]);
  });

  it("gives a bill of materials with every shipped package in it, and nothing that is not locked", () => {
    // With --omit=dev npm leaves out what is shipped and a tool's as well.
    const given = execFileSync("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
      cwd: root,
      encoding: "utf8",
      shell: process.platform === "win32",
      maxBuffer: 1 << 26,
    });
    const { bomFormat, components } = JSON.parse(given);
    expect(bomFormat).toBe("CycloneDX");
    const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    const purlOf = ({ name, version }) => `pkg:npm/${name}@${version}`;
    const certain = shipped.filter(({ optional, peer }) => !optional && !peer);
    expect(certain.map(purlOf).filter((purl) => !listed.has(purl))).toEqual([]);
    const locked = new Set(all.map(purlOf));
    expect([...listed].filter((purl) => !locked.has(purl))).toEqual([]);
    expect(read(".github/workflows/test.yml")).toContain(
      "npm sbom --sbom-format=cyclonedx --package-lock-only > ",
    );
  });

  it("is watched for new releases", () => {
    expect(read(".github/dependabot.yml")).toMatch(/package-ecosystem: "?npm/);
  });
});

const PRIVATE_FILE = /(^|\/)(\.env(\.(?!example$)[^/]+)?|.*\.(db|sqlite|pem|p12|key)(-wal|-shm)?)$/;
const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(\n|\\n)?[A-Za-z0-9+/=]{40}/,
  /\b(ghp|gho|github_pat|npm)_[A-Za-z0-9_]{36,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  /\b(NEXTAUTH_SECRET|DATABASE_AUTH_TOKEN|PARTY_API_KEY|GITHUB_SECRET)=["']?[A-Za-z0-9+/_-]{32,}/,
  /"?\bd"?: ?["'][A-Za-z0-9_-]{43}["']/,
];
/** RFC 8037's, which set-up refuses by name. */
const OF_AN_RFC = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

describe("what is kept in the repository", () => {
  const tracked = () =>
    execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
      .split("\0")
      .filter((file) => file !== "" && existsSync(path.join(root, file)));

  it.runIf(existsSync(path.join(root, ".git")))("is no key, no database and no environment", () => {
    const files = tracked();
    expect(files.filter((file) => PRIVATE_FILE.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith(".guestlist/"))).toEqual([]);
    const text = files.filter((file) => /\.(m?[jt]sx?|json|md|ya?ml|sql|example|conf)$/.test(file));
    expect(
      text.filter((file) =>
        SECRETS.some((kind) => kind.test(read(file).replaceAll(OF_AN_RFC, ""))),
      ),
    ).toEqual([]);
  });

  it.runIf(existsSync(path.join(root, ".git")))("nor was it ever, as far back as is known", () => {
    const git = (...args) =>
      execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 29 });
    const added = git("log", "--diff-filter=A", "--name-only", "--format=", "HEAD").split("\n");
    expect(added.length).toBeGreaterThan(100);
    expect(added.filter((file) => PRIVATE_FILE.test(file))).toEqual([]);
    const lines = git("log", "-p", "--unified=0", "--no-color", "--no-ext-diff", "HEAD")
      .split("\n")
      .filter((line) => line.startsWith("+") && !line.includes(OF_AN_RFC));
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => SECRETS.some((kind) => kind.test(line)))).toEqual([]);
  });
});
