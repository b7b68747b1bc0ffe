import { importJWK, SignJWT } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import { seal } from "./handover";

const API_KEY = "Zk3vQ8mT1yR6wB9nL4xC7dF2hJ5sG0pA-uE_oIiKqVtY";
const secretText = "a stack with /home/of/somebody in it";
const { route, setName, roomFetch } = vi.hoisted(() => ({
  route: vi.fn(),
  setName: vi.fn(),
  roomFetch: vi.fn(),
}));
vi.mock("partyserver", () => ({
  routePartykitRequest: route,
  Server: class {
    env = {};
    ctx = { storage: {} };
    setName = setName;
    fetch(request: Request) {
      return roomFetch(request);
    }
  },
}));
const { default: worker, Main } = await import("./cloudflare");

const ORIGIN = "http://localhost:3000";
const { keySet, privateJwk } = makeTokenKeys();
const env = {
  PARTY_TOKEN_JWKS: JSON.stringify(keySet),
  APP_ORIGINS: ORIGIN,
  PARTY_API_KEY: API_KEY,
};
const ask = (at: string, headers: Record<string, string> = {}) =>
  worker.fetch(new Request(`http://party.test${at}`, { headers }), env as never);

beforeEach(() => {
  vi.resetAllMocks();
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
});

describe("the worker on Cloudflare", () => {
  it.each([
    ["/parties/main/general", {}, 401],
    ["/parties/main/general?token=x", { Upgrade: "websocket" }, 401],
    ["/parties/main/general?token=x", { Upgrade: "WebSocket" }, 401],
    ["/parties/__proto__/general", { Authorization: `Bearer ${API_KEY}` }, 404],
    ["/parties/Main/general", { Authorization: `Bearer ${API_KEY}` }, 404],
    ["/parties//main//general", { Authorization: `Bearer ${API_KEY}` }, 404],
    ["//parties/main/general", { Authorization: `Bearer ${API_KEY}` }, 404],
    ["/party/general", { Authorization: `Bearer ${API_KEY}` }, 404],
  ])("asks no router about %s with %j", async (at, headers, status) => {
    expect((await ask(at, headers)).status).toBe(status);
    expect(route).not.toHaveBeenCalled();
  });

  it("hands on a request made from nothing, and tries it once", async () => {
    route.mockResolvedValue(new Response("from the room"));
    const answer = await ask("/parties/main/general", {
      Authorization: `Bearer ${API_KEY}`,
      "x-partykit-props": "chosen",
      "x-partykit-room": "other",
    });
    expect(await answer.text()).toBe("from the room");
    const [request, , options] = route.mock.calls[0] as [Request, unknown, unknown];
    expect([...request.headers.keys()]).toEqual(["x-guestlist"]);
    expect(options).toEqual({ routingRetry: false });
  });

  it("hands on a dial without its token, and nothing that its sender wrote", async () => {
    route.mockResolvedValue(new Response("from the room"));
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      ...{ iss: ORIGIN, aud: "party", sub: "ada", sid: "s-ada", room: "general", role: "member" },
      ...{ name: "Ada", jti: crypto.randomUUID(), iat: now, exp: now + 60, lease: 300 },
      ...{ sess_exp: now + 86_400, use: "connect" },
    })
      .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: privateJwk.kid })
      .sign(await importJWK(privateJwk, "EdDSA"));
    await ask(`/parties/main/general?token=${token}&_pk=chosen&epoch=e&after=1&x=${token}`, {
      Upgrade: "websocket",
      Origin: ORIGIN,
      Cookie: "theme=dark",
      "x-guestlist": encodeURIComponent(
        JSON.stringify({ room: "general", pass: { role: "owner" } }),
      ),
    });
    const [request] = route.mock.calls[0] as [Request];
    expect(request.url).toMatch(
      /^http:\/\/party\.test\/parties\/main\/general\?_pk=[0-9a-f-]{36}$/,
    );
    expect([...request.headers.keys()].sort()).toEqual(["upgrade", "x-guestlist"]);
    const handedOn = decodeURIComponent(request.headers.get("x-guestlist") ?? "");
    expect(JSON.parse(handedOn)).toMatchObject({
      pass: { user: { id: "ada" }, role: "member" },
      resume: { epoch: "e", after: 1 },
    });
    for (const part of token.split(".")) expect(handedOn).not.toContain(part);
  });

  it("says of a room that cannot be reached that it is unavailable, and nothing else", async () => {
    route.mockRejectedValue(new Error(secretText));
    const answer = await ask("/parties/main/general", { Authorization: `Bearer ${API_KEY}` });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("somebody");
  });
});

describe("the room's object", () => {
  const object = () => new Main({} as never, {} as never);
  const sealed = new Request("http://party.test/", { headers: seal({ room: "general" }) });

  it("answers nobody who did not come through the gate", async () => {
    const answer = await object().fetch(new Request("http://party.test/parties/main/general"));
    expect(answer.status).toBe(403);
    expect(roomFetch).not.toHaveBeenCalled();
  });

  it("keeps to itself what goes wrong while it wakes", async () => {
    setName.mockRejectedValue(new Error(secretText));
    const answer = await object().fetch(sealed);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("somebody");
    expect(roomFetch).not.toHaveBeenCalled();
  });

  it("knows its name before it asks the room", async () => {
    roomFetch.mockResolvedValue(new Response("from the room"));
    expect(await (await object().fetch(sealed)).text()).toBe("from the room");
    expect(setName).toHaveBeenCalledWith("general");
  });
});
