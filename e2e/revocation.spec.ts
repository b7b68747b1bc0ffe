import { WebSocket } from "ws";
import { expect, test } from "./fixtures";

/** What an address does, a token in it included: why the party closed, or "open". */
function dial(address: string): Promise<number | "open"> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.on("error", reject);
    socket.on("close", resolve);
    socket.on("message", (data) => {
      if (!String(data).includes('"welcome"')) return;
      socket.terminate();
      resolve("open");
    });
  });
}

test("a sign-out that the party could not hear of is told again: a token of before is worth nothing", async ({
  person,
  room,
  stack,
}) => {
  const ada = await person("Ada");
  const { request } = ada.context;
  const id = await room(ada);
  const tokens = await Promise.all(
    [1, 2].map(async () => {
      const answer = await request.post("/api/party/token", {
        headers: { origin: stack.url },
        data: { room: id, use: "connect" },
      });
      return (await answer.json()).token as string;
    }),
  );
  const address = (token: string | undefined) =>
    `ws://${stack.partyHost}/parties/main/${id}?token=${token}`;
  expect(await dial(address(tokens[0]))).toBe("open");

  await stack.party.kill();
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const signedOut = await request.post("/api/auth/signout", { form: { csrfToken, json: "true" } });
  expect(signedOut.status()).toBe(200);
  await stack.party.start();

  await expect
    .poll(() => stack.log.filter((line) => line.includes("revocation_confirmed_late")).join(), {
      timeout: 30_000,
    })
    .toContain(id);
  expect(await dial(address(tokens[1]))).toBe(4410);
});
