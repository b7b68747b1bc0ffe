"use client";

import { useRoomClient } from "@/lib/client/react";
import { AllRooms } from "../shell/all-rooms";
import { Button } from "../ui/button";
import { countdown, secondsUntil } from "../ui/format";
import { useNow } from "../ui/use-now";
import type { Banner, BannerAction as ActionName } from "./banner-words";
import { useSignInAgain } from "./sign-in-again";

/** The running seconds of a banner, for the eye alone. */
export function Remaining({ banner: { until, untilWords } }: { banner: Banner }) {
  const now = useNow(until !== undefined);
  if (until === undefined || !now) return null;
  const seconds = secondsUntil(until, now);
  if (seconds === 0) return null;
  return (
    <span aria-hidden="true" className="tabular text-soft">
      {countdown(seconds)} {untilWords}
    </span>
  );
}

const TRY: Partial<Record<ActionName, string>> = {
  try_now: "Try now",
  use_here: "Use here",
  rejoin: "Rejoin",
};

/** What one can do about it. A button that could do nothing yet says so, and keeps the focus. */
export function BannerAction({ banner }: { banner: Banner }) {
  const signInAgain = useSignInAgain();
  const client = useRoomClient();
  const { action, trying = false, held = false, until } = banner;
  const now = useNow(held);
  if (!action) return null;
  if (action === "sign_in") {
    return (
      <Button small onClick={signInAgain}>
        Sign in again
      </Button>
    );
  }
  if (action === "rooms") {
    return <AllRooms look="plain" small />;
  }
  const idle = trying || (held && (!now || (until !== undefined && secondsUntil(until, now) > 0)));
  return (
    <Button
      small
      aria-disabled={idle || undefined}
      className="aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:text-quiet"
      onClick={() => {
        if (idle) return;
        if (action === "reload") window.location.reload();
        else client.tryNow();
      }}
    >
      {trying ? "Trying…" : (TRY[action] ?? "Reload")}
    </Button>
  );
}
