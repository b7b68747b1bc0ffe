import { importJWK, SignJWT } from "jose";
import { retired, rotated } from "../scripts/lib/keys.mjs";
import { enter, expect, listen, messages, say, test } from "./fixtures";

test.use({ stackEnv: { PARTY_LEASE_SECONDS: "6", PARTY_GRACE_SECONDS: "20" }, liveKeys: true });

const kidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;

test("keys are rotated and retired while two people talk: nobody is refused, no connection drops", async ({
  person,
  room: makeRoom,
  stack,
  expectedErrors,
}) => {
  test.setTimeout(150_000);
  // The app restarts with its new key; a token that is asked for meanwhile is asked for again.
  expectedErrors.push("api/party/token", "Failed to load resource");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const room = await makeRoom(ada);
  const heard = [ada, bo].map(({ page }) => listen(page));
  /** The keys of the tokens that each page presented on its open socket, in order. */
  const presented: string[][] = [[], []];
  for (const [index, { page }] of [ada, bo].entries()) {
    page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        const frame = JSON.parse(String(payload));
        if (frame.type === "auth.refresh") presented[index]?.push(kidOf(frame.token));
      }),
    );
  }
  await enter(ada.page, room);
  await enter(bo.page, room);

  let said = 0;
  /** Both renew with this key and speak, and both hear it. */
  const talkWith = async (kid: string) => {
    await expect
      .poll(() => presented.every((kids) => kids.at(-1) === kid), { timeout: 30_000 })
      .toBe(true);
    for (const { page } of [ada, bo]) {
      await say(page, `message ${++said}`);
      for (const reader of [ada, bo]) await expect(messages(reader.page)).toHaveCount(said);
    }
  };
  const restartApp = async (pair: { privateJwk: { kid: string }; keySet: object }) => {
    await stack.app.stop();
    await stack.app.start({
      PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(pair.privateJwk),
      PARTY_TOKEN_JWKS: JSON.stringify(pair.keySet),
    });
  };

  const first = {
    privateJwk: JSON.parse(stack.app.env.PARTY_TOKEN_PRIVATE_JWK),
    keySet: JSON.parse(stack.app.env.PARTY_TOKEN_JWKS),
  };
  await talkWith(first.privateJwk.kid);
  const second = rotated(first);
  await restartApp(second);
  await talkWith(second.privateJwk.kid);
  await restartApp(retired(second));
  presented.forEach((kids) => kids.push("restarted"));
  await talkWith(second.privateJwk.kid);

  // A lease may end while the app, the only one here, starts again: the grace is there for that.
  for (const { sockets, frames } of heard) {
    expect(sockets, "one socket from beginning to end").toBe(1);
    expect(frames.filter(({ type }) => type === "error")).toEqual([]);
    expect(frames.filter(({ type }) => type === "presence.diff").length).toBeLessThanOrEqual(1);
  }

  // What the old key signs opens nothing any more, once the party has looked at the set again: after
  // a minute, or when somebody names a key that it does not know.
  const status = async (kid: string) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: stack.url, aud: "party", sub: "eve", sid: "eve", room, role: "owner", name: "Eve" },
      ...{ jti: crypto.randomUUID(), iat: now, exp: now + 60, lease: 60, sess_exp: now + 60 },
      use: "server",
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid })
      .sign(await importJWK(first.privateJwk, "EdDSA"));
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`http://${stack.partyHost}/parties/main/${room}`, { headers })).status;
  };
  expect(await status("unknown")).toBe(401);
  expect(await status(first.privateJwk.kid)).toBe(401);
});
