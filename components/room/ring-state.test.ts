import { describe, expect, it } from "vitest";
import type { ConnectionView, Phase } from "@/lib/client/types";
import { redrawEveryMs, ringState, shareLeft } from "./ring-state";

const view = (phase: Phase, rest: Partial<ConnectionView> = {}): ConnectionView => ({
  phase,
  refreshing: false,
  offline: false,
  dials: 1,
  refreshes: 0,
  ...rest,
});
const lease = { startedAt: 1_000, endsAt: 301_000 };

describe("the lease ring", () => {
  it("runs over the lease while live", () => {
    expect(ringState(view("connected", { lease }))).toEqual({ look: "live", span: lease });
  });

  it("runs over the grace once the lease has ended", () => {
    // The client forgets the lease when it ends: nothing is authorised any more.
    expect(ringState(view("grace", { graceEndsAt: 326_000 }))).toEqual({
      look: "grace",
      span: { endsAt: 326_000 },
    });
    expect(ringState(view("grace"))).toEqual({ look: "grace" });
  });

  it.each<Phase>(["reconnecting", "suspended", "signed_out", "failed", "closed"])(
    "is broken when %s, even if a lease is still known",
    (phase) => expect(ringState(view(phase, { lease }))).toEqual({ look: "broken" }),
  );
});

describe("what is left", () => {
  it("goes from all to nothing and not beyond", () => {
    expect(shareLeft(lease, 0)).toBe(1);
    expect(shareLeft(lease, 151_000)).toBe(0.5);
    expect(shareLeft(lease, 400_000)).toBe(0);
    expect(shareLeft({ startedAt: 5, endsAt: 5 }, 5)).toBe(0);
  });

  it("is drawn at most once a second for leases of minutes, and never faster than ten times", () => {
    expect(redrawEveryMs(lease)).toBe(1_000);
    expect(redrawEveryMs({ startedAt: 0, endsAt: 3_000 })).toBe(100);
  });
});
