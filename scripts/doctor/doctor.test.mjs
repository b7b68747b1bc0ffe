import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { partyOrigins, isLoopback as isLoopbackOfApp } from "../../lib/protocol/address";
import { contentSecurityPolicy } from "../../lib/env/csp";
import { readOrder } from "../doctor.mjs";
import { freePort } from "../lib/ports.mjs";
import { ask, word } from "./ask.mjs";
import { examine } from "./examine.mjs";
import { Ill } from "./ill.mjs";
import { holesIn, policyOf, wrongSources } from "./pages.mjs";
import { isLoopback, placesOf } from "./places.mjs";
import { lineOf } from "./table.mjs";
import { judgeCertificate, transportChecks } from "./transport.mjs";

const noEnv = { env: {}, readStdin: async () => "from stdin" };

describe("what the doctor is asked", () => {
  it("names two places, an account where one is needed, and a password only by stdin or environment", async () => {
    expect(
      await readOrder(["app.example.com", "wss://party.example.com/", "--json"], noEnv),
    ).toEqual({
      ...{ json: true, help: false, account: null, app: "https://app.example.com" },
      party: {
        host: "party.example.com",
        http: "https://party.example.com",
        ws: "wss://party.example.com",
      },
    });
    const own = ["a.example", "p.example", "--email", "me@example.com", "--password-stdin"];
    expect((await readOrder(own, noEnv)).account?.password).toBe("from stdin");
    const env = { DOCTOR_EMAIL: "me@example.com", DOCTOR_PASSWORD: "x y z" };
    expect((await readOrder(["a.example", "p.example"], { env })).account?.password).toBe("x y z");
    await expect(readOrder([...own.slice(0, 4), "--password=x"], noEnv)).rejects.toThrow(/stdin/);
  });

  it.each([
    [["a.example"]],
    [["a b", "c"]],
    [["a.example", "ftp://p"]],
    [["a", "p", "--what"]],
    [["a", "p", "--email", "x"]],
  ])("refuses %j with a sentence", async (words) => {
    await expect(readOrder(words, noEnv)).rejects.toThrow(/\w+ /);
  });

  it("takes the same hosts for this machine as both sides do, and the same addresses", () => {
    for (const host of [
      "party.example.com",
      "party.example.com:8443",
      "127.0.0.1:1999",
      "localhost:80",
      "[::1]:1999",
    ]) {
      expect(placesOf("https://a.example", host).party).toMatchObject({ ...partyOrigins(host) });
    }
    for (const name of [
      "localhost",
      "a.localhost",
      "127.9.9.9",
      "[::1]",
      "localhost.example.com",
      "10.0.0.1",
    ]) {
      expect(isLoopback(name)).toBe(isLoopbackOfApp(name));
    }
  });
});

describe("pages", () => {
  const given = {
    nonce: "bm9uY2U=",
    partyHost: "party.example.com",
    formTargets: [],
    pictureSources: [],
    https: true,
  };
  const { party } = placesOf("a.example", "party.example.com");

  it("the app's own policy is sound, and that of development is not", () => {
    const policy = policyOf(contentSecurityPolicy({ ...given, development: false }));
    expect(holesIn(policy)).toEqual([]);
    expect(wrongSources(policy, party)).toEqual({ lacks: [], wide: [] });
    const loose = policyOf(contentSecurityPolicy({ ...given, development: true }));
    expect(holesIn(loose)).toEqual(["script-src 'unsafe-eval'"]);
    expect(wrongSources(loose, party).wide).toEqual(["ws:"]);
  });

  it("no policy at all is full of holes", () => {
    expect(holesIn(policyOf(null)).length).toBeGreaterThan(3);
  });
});

describe("certificates", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const given = { validTo: "Mar 01 00:00:00 2026 GMT", protocol: "TLSv1.3", name: "a.example" };

  it("are told with their days, and ill when they run out or speak an old TLS", () => {
    expect(judgeCertificate(given, now)).toBe("TLSv1.3, 59 days left");
    expect(() => judgeCertificate({ ...given, validTo: "Jan 10 00:00:00 2026 GMT" }, now)).toThrow(
      "9 days left",
    );
    expect(() => judgeCertificate({ ...given, protocol: "TLSv1" }, now)).toThrow(Ill);
    expect(() => judgeCertificate({ ...given, validTo: "" }, now)).toThrow(Ill);
  });

  it.skipIf(!hasOpenssl())("signed by themselves are said to be so", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "tls-"));
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name));
    const words =
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj /CN=localhost";
    execFileSync("openssl", [...words.split(" "), "-keyout", key, "-out", cert], {
      stdio: "ignore",
    });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const app = `https://localhost:${server.address().port}`;
    const [finding] = await examine({ app }, { checks: transportChecks.slice(0, 1) });
    expect(finding).toMatchObject({ state: "ill", figure: "its certificate is signed by itself" });
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it("plain http is well on this machine only", async () => {
    const look = (app) => examine({ app }, { checks: transportChecks.slice(0, 1) });
    expect((await look("http://localhost:3000"))[0].state).toBe("ok");
    expect((await look("http://app.example.com"))[0]).toMatchObject({ figure: "plain http" });
  });
});

describe("the examination", () => {
  const check = (name, run, more = {}) => ({ name, run, ...more });
  const ill = () => {
    throw new Ill("what", "remedy");
  };

  it("does not look at what waits for something ill, and cleans up although it is told to stop", async () => {
    const stop = new AbortController();
    const checks = [
      check("a", () => "fine"),
      check("b", ill, { after: ["a"] }),
      check("c", () => stop.abort(), { after: ["a"] }),
      check("d", () => "never", { after: ["b"] }),
      check("e", () => "never", { after: ["a"] }),
      check("f", () => "swept", { after: ["a"], always: true }),
    ];
    const findings = await examine({}, { checks, signal: stop.signal });
    const states = Object.fromEntries(
      findings.map(({ name, state, figure }) => [name, [state, figure]]),
    );
    expect(states).toMatchObject({
      ...{ a: ["ok", "fine"], b: ["ill", "what"], c: ["ok", ""] },
      ...{ d: ["skipped", "needs: b"], e: ["skipped", "stopped"], f: ["ok", "swept"] },
    });
    expect(lineOf(findings[1])).toMatch(/✗ b.*what\n.*→.*remedy/);
  });

  it("tells an error it does not know without the error's text, which may hold a token", async () => {
    const boom = () => {
      throw new TypeError("bad ?token=eyJhbGciOi");
    };
    const [finding] = await examine({}, { checks: [check("a", boom)] });
    expect(JSON.stringify(finding)).not.toContain("eyJ");
    expect(word("a eyJhbGciOi b")).toBe("…");
    expect(word("x\u001b[31m\ny")).toBe("x31my");
  });

  it("says plainly that nothing listens, or that there is no such host", async () => {
    const port = await freePort();
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toThrow("nothing listens there");
    await expect(ask("http://nowhere.invalid/")).rejects.toThrow(/DNS/);
  });
});

function hasOpenssl() {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
