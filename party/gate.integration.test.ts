import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Refused } from "./testing/client";
import { ORIGIN, startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

const refused = (client: { opened: Promise<void> }): Promise<Refused> =>
  client.opened.then(
    () => Promise.reject(new Error("it opened")),
    (error: Refused) => error,
  );

describe("the gate", () => {
  it("answers every unreadable or forged token with the same 401", async () => {
    const good = await party.mint("ada");
    const stranger = makeTokenKeys();
    const bad = {
      none: "",
      junk: "junk",
      tampered: good.slice(0, -4) + (good.endsWith("AAAA") ? "BBBB" : "AAAA"),
      padded: `${good}%3D`,
      "other key": await party.mint("ada", { key: stranger.privateJwk }),
      "other issuer": await party.mint("ada", { iss: "https://evil.example" }),
      "other audience": await party.mint("ada", { aud: "party-x" }),
      "audience list": await party.mint("ada", { aud: ["party"] }),
      "other use": await party.mint("ada", { use: "refresh" }),
      "server use": await party.mint("ada", { use: "server" }),
      "too long life": await party.mint("ada", { life: 3_600 }),
      "empty person": await party.mint("ada", { sub: "" }),
      "other type": await party.mint("ada", { header: { typ: "JWT" } }),
      "unknown key": await party.mint("ada", { header: { kid: "../../dev/null" } }),
      "own key inside": await party.mint("ada", { header: { jwk: stranger.keySet.keys[0] } }),
      "2 049 characters": "a".repeat(2_049),
    };
    const answers = new Set<string>();
    for (const [what, token] of Object.entries(bad)) {
      const { status, body, headers } = await refused(party.dial(token));
      expect(status, what).toBe(401);
      answers.add(JSON.stringify([body, headers["content-type"], headers["cache-control"]]));
    }
    expect(answers.size).toBe(1);
  });

  it("refuses two tokens at once", async () => {
    const token = await party.mint("ada");
    expect((await refused(party.dial(token, "general", `&token=${token}`))).status).toBe(401);
  });

  it("lets in the app's origin and clients without one, and nobody else", async () => {
    for (const origin of [
      "null",
      "https://evil.example",
      "https://localhost:3000",
      "http://localhost:3001",
      "http://localhost:3000.evil.example",
      "HTTP://LOCALHOST:3000",
    ]) {
      const client = party.dial(await party.mint("ada"), "general", "", { Origin: origin });
      expect((await refused(client)).status, origin).toBe(403);
    }
    const fine = party.dial(await party.mint("ada"), "general", "", { Origin: ORIGIN });
    await fine.next("welcome");
    await fine.leave();
  });

  it("knows one address per room, and logs no token that came with another", async () => {
    const token = await party.mint("ada");
    const paths = [
      "/parties/main/General",
      "/parties/main/gener%61l",
      "/parties/main/general/",
      "/parties/main/general/x",
      "/party/general",
      "/parties/main/-general",
      `/parties/main/${"a".repeat(65)}`,
      "/parties/main/gen_eral",
      "/parties/other/general",
      "/parties/Main/general",
      "/",
    ];
    for (const path of paths) {
      const { status } = await fetch(`http://127.0.0.1:${party.port}${path}?token=${token}`);
      expect([401, 404], path).toContain(status);
      const at = path.replace("/parties/main/", "");
      const client = party.dial(token, at.startsWith("/") ? `../..${at}` : at);
      expect((await refused(client)).status, path).toBe(404);
    }
    expect(party.lines.filter((line) => line.includes(token))).toEqual([]);
  });

  it.each([
    ["expired", { issuedIn: -100, life: 60 }, 4401, "token_expired", "token_expired"],
    ["of a clock that runs ahead", { issuedIn: 60 }, 4401, "unauthorized", "future"],
    ["for another room", { room: "engineering" }, 4403, "forbidden", "other_room"],
  ])("tells a browser that its token is %s", async (_what, options, code, error, logged) => {
    const user = `${logged}-${party.lines.length}`;
    const client = party.dial(await party.mint(user, options));
    expect((await client.next("error")).code).toBe(error);
    expect(await client.closed).toEqual({ code, reason: error });
    // Each in the log under a word of its own: clocks that differ are not taken for an attack.
    const lines = () => party.lines.filter((line) => line.includes(`"user":"${user}"`));
    await expect.poll(lines).toHaveLength(1);
    expect(lines()[0]).toContain(`"event":"refused","reason":"${logged}"`);
  });

  it("takes each token once, also when it comes twenty times at the same moment", async () => {
    const token = await party.mint("ada");
    const clients = Array.from({ length: 20 }, () => party.dial(token));
    const outcomes = await Promise.all(
      clients.map((client) =>
        Promise.race([
          client.next("welcome").then(() => "in"),
          client.closed.then(({ code, reason }) => `${code} ${reason}`),
        ]).catch(() => client.closed.then(({ code, reason }) => `${code} ${reason}`)),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "in")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "4409 token_spent")).toHaveLength(19);
    for (const client of clients) client.terminate();
  });

  it("accepts clocks that differ by 9 seconds", async () => {
    for (const issuedIn of [9, -68]) {
      const { client } = await party.enter("ada", { issuedIn });
      await client.leave();
    }
  });

  it("believes no header and no parameter about who somebody is", async () => {
    const { client: victim, welcome } = await party.enter("grace");
    const token = await party.mint("ada");
    const spoof = party.dial(token, "general", `&_pk=${welcome.connection}`, {
      "X-Guestlist": encodeURIComponent(
        JSON.stringify({ room: "general", pass: { user: "grace" } }),
      ),
      "X-User-Id": "grace",
    });
    const own = await spoof.next("welcome");
    expect(own.user.id).toBe("ada");
    expect(own.connection).not.toBe(welcome.connection);
    spoof.send({ type: "chat.send", id: "spoof", text: "hello", user: { id: "grace" }, seq: 99 });
    const { user, seq } = await victim.next("chat.message");
    expect([user.id, seq]).toEqual(["ada", 1]);
    await Promise.all([spoof.leave(), victim.leave()]);
  });

  it("writes no token to the log", () => {
    expect(party.lines.length).toBeGreaterThan(10);
    expect(party.lines.filter((line) => /eyJ|token=/.test(line))).toEqual([]);
  });
});
