import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openLine, type Line } from "./proxy";

let party: ReturnType<typeof createServer>;
let accepted: Promise<Socket>;
let line: Line;
beforeEach(async () => {
  party = createServer((socket) => socket.on("error", () => {}));
  accepted = once(party, "connection").then(([socket]: Socket[]) => socket as Socket);
  await new Promise<void>((resolve) => party.listen(0, "127.0.0.1", resolve));
  line = await openLine((party.address() as AddressInfo).port);
});
afterEach(async () => {
  await line.stop();
  party.close();
});

async function dialled() {
  const page = connect(line.port, "127.0.0.1");
  const [server] = await Promise.all([accepted, once(page, "connect")]);
  page.on("error", () => {});
  return { page, server };
}

async function heard(socket: Socket, count: number): Promise<string> {
  let text = "";
  while (text.length < count) text += String(((await once(socket, "data")) as [Buffer])[0]);
  return text;
}

/** With or without an error: `once` of node:events takes a reset for a failure. */
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => socket.once("close", () => resolve()));

describe("a line that can be made bad", () => {
  it("carries bytes both ways, and the end", async () => {
    const { page, server } = await dialled();
    page.write("ping");
    expect(await heard(server, 4)).toBe("ping");
    server.write("pong");
    expect(await heard(page, 4)).toBe("pong");
    page.end();
    await once(server, "end");
  });

  it("delivers late and in order, also when it becomes quick again", async () => {
    const { page, server } = await dialled();
    line.delayBy(120);
    const from = performance.now();
    page.write("slow ");
    await new Promise((resolve) => setTimeout(resolve, 20));
    line.delayBy(0);
    page.write("quick");
    expect(await heard(server, 10)).toBe("slow quick");
    expect(performance.now() - from).toBeGreaterThanOrEqual(119);
  });

  it("half open: carries nothing, not even the end, until it is healed", async () => {
    const { page, server } = await dialled();
    line.halfOpen();
    let told = 0;
    for (const event of ["data", "end", "close"]) server.on(event, () => told++);
    page.write("lost");
    page.destroy();
    await closed(page);
    // What is dialled later is well, and passes after what was lost.
    const second = once(party, "connection");
    const other = connect(line.port, "127.0.0.1");
    const [there] = (await second) as [Socket];
    other.write("well");
    expect(await heard(there, 4)).toBe("well");
    expect(told).toBe(0);
    const over = closed(server);
    line.heal();
    await over;
    other.destroy();
  });

  it("deaf: what the party sends waits, and comes when the page reads again", async () => {
    const { page, server } = await dialled();
    line.deafen(true);
    let early = "";
    const listen = (bytes: Buffer) => void (early += String(bytes));
    page.on("data", listen);
    server.write("later");
    page.write("now");
    expect(await heard(server, 3)).toBe("now");
    expect(early).toBe("");
    line.deafen(false);
    await expect.poll(() => early).toBe("later");
  });

  it("cuts both ends", async () => {
    const { page, server } = await dialled();
    const over = Promise.all([closed(page), closed(server)]);
    line.cut();
    await over;
  });
});
