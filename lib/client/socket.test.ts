import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPartySocket } from "./socket";

/** The browser's WebSocket as far as partysocket touches it. */
class FakeWebSocket extends EventTarget {
  static made: FakeWebSocket[] = [];
  readyState = 0;
  binaryType = "blob";
  readonly sent: string[] = [];
  readonly closed: unknown[] = [];
  constructor(readonly url: string) {
    super();
    FakeWebSocket.made.push(this);
  }
  send = (text: string) => void this.sent.push(text);
  close = (...args: unknown[]) => void this.closed.push(args);
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  end(code: number) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason: "" }));
  }
}

const dial = async (resume?: { epoch: string; after: number }) => {
  const onClose = vi.fn();
  const onMessage = vi.fn();
  const address = { partyHost: "127.0.0.1:1999", room: "general", token: "a.b-c_d", resume };
  const socket = openPartySocket(address, { onClose, onMessage });
  await vi.advanceTimersByTimeAsync(0);
  return { socket, onClose, onMessage, raw: FakeWebSocket.made.at(-1) as FakeWebSocket };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("window", { location: { protocol: "https:", hostname: "example.com" } });
  FakeWebSocket.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a socket over partysocket", () => {
  it("dials the contract's address, with the token and where to resume", async () => {
    const { raw } = await dial({ epoch: "e1", after: 7 });
    const url = new URL(raw.url);
    expect(`${url.protocol}//${url.host}${url.pathname}`).toBe(
      "ws://127.0.0.1:1999/parties/main/general",
    );
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      token: "a.b-c_d",
      epoch: "e1",
      after: "7",
    });
    expect(new URL((await dial()).raw.url).searchParams.has("after")).toBe(false);
  });

  it.each([1000, 1006, 1012, 4401, 4503])("tells the party's close code %i, once", async (code) => {
    const { raw, onClose } = await dial();
    raw.open();
    raw.end(code);
    expect(onClose.mock.calls).toEqual([[code]]);
  });

  it("tells 1006 where the browser reports an error, not partysocket's own 1000", async () => {
    const { raw, onClose } = await dial();
    raw.dispatchEvent(new Event("error"));
    raw.end(1006);
    expect(onClose.mock.calls).toEqual([[1006]]);
  });

  it("tells 1006 where the browser refuses the address", async () => {
    vi.stubGlobal("WebSocket", function refuse() {
      throw new DOMException("blocked", "SecurityError");
    });
    const { onClose } = await dial();
    expect(onClose.mock.calls).toEqual([[1006]]);
  });

  it("never dials again by itself", async () => {
    const { raw } = await dial();
    raw.open();
    raw.end(1006);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it("keeps nothing to send for later, and says so", async () => {
    const { socket, raw } = await dial();
    expect(socket.send("early")).toBe(false);
    raw.open();
    expect(raw.sent).toEqual([]);
    expect(socket.send("now")).toBe(true);
    expect(raw.sent).toEqual(["now"]);
    raw.end(1006);
    expect(socket.send("late")).toBe(false);
  });

  it("closed on purpose says nothing more", async () => {
    const { socket, raw, onClose, onMessage } = await dial();
    raw.open();
    socket.close();
    expect(raw.closed).toEqual([[1000, "normal"]]);
    raw.dispatchEvent(new MessageEvent("message", { data: "x" }));
    raw.end(1006);
    expect(onClose).not.toHaveBeenCalled();
    expect(onMessage).not.toHaveBeenCalled();
    expect(socket.send("x")).toBe(false);
  });

  it("left in the middle of its handshake is closed once that has ended, or soon", async () => {
    const first = await dial();
    first.socket.close(true);
    expect(first.raw.closed).toEqual([]);
    first.raw.open();
    expect(first.raw.closed).toEqual([[1000, "normal"]]);
    const second = await dial();
    second.socket.close(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(second.raw.closed).toEqual([[1000, "normal"]]);
    const third = await dial();
    third.socket.close();
    expect(third.raw.closed).toEqual([[1000, "normal"]]);
    for (const { onClose } of [first, second, third]) expect(onClose).not.toHaveBeenCalled();
  });

  it("closed before it was made is never made", async () => {
    const handlers = { onClose: vi.fn(), onMessage: vi.fn() };
    openPartySocket({ partyHost: "127.0.0.1", room: "general", token: "t" }, handlers).close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.made).toEqual([]);
    expect(handlers.onClose).not.toHaveBeenCalled();
  });
});
