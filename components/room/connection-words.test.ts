import { describe, expect, it } from "vitest";
import type { ConnectionView, Phase, StopReason } from "@/lib/client/types";
import { bannerFor } from "./banner-words";
import { connectionWord } from "./connection-words";

const view = (phase: Phase, rest: Partial<ConnectionView> = {}): ConnectionView => ({
  phase,
  refreshing: false,
  offline: false,
  dials: 1,
  refreshes: 0,
  ...rest,
});
const word = (phase: Phase, rest: Partial<ConnectionView> = {}, slow = false) =>
  connectionWord(view(phase, rest), slow).word;

describe("the word for the connection", () => {
  it.each<[string, Phase, Partial<ConnectionView>]>([
    ["Connecting", "initialized", { dials: 0 }],
    ["Connecting", "connecting", { dials: 0 }],
    ["Reconnecting", "connecting", { dials: 2 }],
    ["Live", "connected", {}],
    ["Live", "connected", { refreshing: true }],
    ["Live", "connected", { offline: true }],
    ["Renewing", "grace", {}],
    ["Reconnecting", "reconnecting", {}],
    ["Reconnecting", "suspended", {}],
    ["Offline", "reconnecting", { offline: true }],
    ["Offline", "connecting", { offline: true }],
    ["Signed out", "signed_out", { offline: true }],
    ["Stopped", "failed", { offline: true }],
    ["Stopped", "closed", {}],
  ])("is %s when %s %o", (expected, phase, rest) => expect(word(phase, rest)).toBe(expected));

  it("tells how long, and lets a person cut a wait short that nobody asked for", () => {
    const at = (phase: Phase, rest: Partial<ConnectionView>) =>
      connectionWord(view(phase, rest), false);
    expect(at("grace", { graceEndsAt: 9 })).toMatchObject({ until: 9, untilWords: "Grace" });
    const waiting = { until: 9, untilWords: "in", canTry: true };
    expect(at("reconnecting", { retryAt: 9 })).toMatchObject(waiting);
    expect(at("reconnecting", { retryAt: 9, held: true }).canTry).toBe(false);
    expect(at("reconnecting", {}).canTry).toBe(false);
  });

  it("tells of a renewal only when it takes long", () => {
    expect(word("connected", { refreshing: true }, true)).toBe("Renewing");
    expect(word("connected", {}, true)).toBe("Live");
  });
});

describe("the banner", () => {
  it("is silent while all is well", () => expect(bannerFor(view("connected"))).toBeNull());

  it("waits four seconds before it tells of a dropped line", () => {
    expect(bannerFor(view("reconnecting"))?.afterMs).toBe(4_000);
    expect(bannerFor(view("suspended"))?.afterMs).toBe(0);
  });

  it("keeps its kind over the attempts of one drop, so that the wait is not begun anew", () => {
    const dialling = bannerFor(view("connecting"));
    expect(dialling?.kind).toBe(bannerFor(view("reconnecting", { retryAt: 5 }))?.kind);
  });

  it("is worth a word when it is over, where somebody was without the room", () => {
    expect(bannerFor(view("reconnecting"))?.relief).toBe(true);
    expect(bannerFor(view("suspended"))?.relief).toBe(true);
    expect(bannerFor(view("reconnecting", { offline: true }))?.relief).toBe(true);
    expect(bannerFor(view("reconnecting", { dials: 0 }))?.relief).toBeUndefined();
    expect(bannerFor(view("grace"))?.relief).toBeUndefined();
  });

  it("says offline in the words that were promised", () => {
    expect(bannerFor(view("reconnecting", { offline: true }))?.text).toBe(
      "You're offline. Messages wait and go out in order.",
    );
  });

  it.each<StopReason>([
    "forbidden",
    "no_such_room",
    "bad_request",
    "protocol_version",
    "replaced",
    "kicked",
    "rate_limited",
    "unauthorized",
    "misconfigured",
    "other_person",
    "unknown",
  ])("has words and a way on for a stop because of %s", (stopReason) => {
    const banner = bannerFor(view("failed", { stopReason }));
    expect(banner?.text).toMatch(/^[A-Z].{15,}\.$/);
    expect(banner?.action).toBeDefined();
    expect(banner?.text).not.toContain("_");
  });

  it("offers no second attempt while one is under way, nor before the time somebody asked for", () => {
    expect(bannerFor(view("reconnecting"))).toMatchObject({ trying: true });
    expect(bannerFor(view("reconnecting", { retryAt: 5 }))).toMatchObject({
      trying: false,
      held: false,
    });
    expect(bannerFor(view("reconnecting", { retryAt: 5, held: true }))?.held).toBe(true);
    expect(bannerFor(view("failed", { stopReason: "kicked", retryAt: 5, held: true }))?.held).toBe(
      true,
    );
  });

  it("offers to come back where the room has closed the door politely", () => {
    expect(bannerFor(view("closed"))).toMatchObject({ action: "rejoin" });
  });

  it("offers to sign in again without losing the draft", () => {
    expect(bannerFor(view("signed_out"))).toMatchObject({ action: "sign_in", afterMs: 0 });
  });
});
