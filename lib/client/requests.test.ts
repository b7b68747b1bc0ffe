import { describe, expect, it, vi } from "vitest";
import { errorFrame, type ClientFrame } from "../protocol";
import { createRequests } from "./requests";
import { createFakeClock } from "./testing/fake-clock";

function setUp(sendable = true) {
  const clock = createFakeClock();
  const sent: ClientFrame[] = [];
  let ids = 0;
  const requests = createRequests({ ...clock, newId: () => `id-${++ids}` }, (frame) => {
    if (sendable) sent.push(frame);
    return sendable;
  });
  return { clock, sent, requests };
}
const KICK = { type: "mod.kick", user: "bo", reason: "Calm down" } as const;

describe("a request over the socket", () => {
  it("is sent with an id of its own and resolved by the answer to it, whatever the order", async () => {
    const { requests, sent } = setUp();
    const [kick, report] = [requests.ask(KICK), requests.ask({ type: "chat.report", seq: 7 })];
    expect(sent).toEqual([
      { ...KICK, id: "id-1" },
      { type: "chat.report", seq: 7, id: "id-2" },
    ]);
    requests.note(errorFrame("rate_limited", { id: "id-2", retryAfterMs: 5_000 }));
    requests.note({ type: "ack", id: "of something else", seq: 1, ts: 1 });
    requests.note({ type: "ack", id: "id-1", seq: 1, ts: 1 });
    expect(await kick).toEqual({ ok: true });
    expect(await report).toEqual({ ok: false, code: "rate_limited", retryAfterMs: 5_000 });
  });

  it("for what holds against somebody is resolved by just that", async () => {
    const { requests } = setUp();
    const asked = requests.ask({ type: "mod.get", user: "bo" });
    const held = { type: "mod.held", id: "id-1", user: "bo", muted: { until: 9 } } as const;
    requests.note({ ...held, id: "of something else" });
    requests.note(held);
    expect(await asked).toEqual({ ok: true, held });
  });

  it("ends without a connection, with the connection, and after ten seconds of silence", async () => {
    expect(await setUp(false).requests.ask(KICK)).toEqual({ ok: false, code: "unavailable" });
    const { requests, clock } = setUp();
    const first = requests.ask(KICK);
    requests.lost();
    expect(await first).toEqual({ ok: false, code: "unavailable" });
    const done = vi.fn();
    void requests.ask(KICK).then(done);
    await clock.advance(9_999);
    expect(done).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(done).toHaveBeenCalledWith({ ok: false, code: "unavailable" });
  });
});
