import { Agent, createServer, get, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { letConnectionsEnd } from "./stopping";

const { close } = Server.prototype;
afterEach(() => {
  Server.prototype.close = close;
});

it("a server that closes under load gives whole answers and ends, though nobody stops asking", async () => {
  letConnectionsEnd();
  const server = createServer((_request, response) => {
    response.write("begin ");
    setTimeout(() => response.end("end"), 5);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const ask = () =>
    new Promise<string>((resolve) => {
      const request = get({ port, host: "127.0.0.1", agent }, (response) => {
        let text = "";
        response.on("data", (piece) => (text += String(piece)));
        response.on("error", () => resolve("cut"));
        response.on("end", () => resolve(text));
      });
      request.on("error", () => resolve("not taken"));
    });
  const answers: string[] = [];
  const busy = Array.from({ length: 8 }, async () => {
    let answer = "";
    while (answer !== "not taken") answers.push((answer = await ask()));
  });
  while (answers.length < 40) await ask();
  await new Promise((resolve) => server.close(resolve));
  await Promise.all(busy);
  agent.destroy();
  expect(new Set(answers)).toEqual(new Set(["begin end", "not taken"]));
});
