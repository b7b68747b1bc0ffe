"use client";

import { useEffect, useState } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { cx } from "../ui/cx";
import { countdown, left, secondsUntil } from "../ui/format";
import { BAN, CIRCLE, Icon, ROTATE_CW, WIFI_OFF } from "../ui/icon";
import { useNow } from "../ui/use-now";
import type { ConnectionWord, Tone } from "./connection-words";
import { connectionWord } from "./connection-words";

/** A renewal is a matter of a tenth of a second; only a slow one is told. */
const SLOW_RENEWAL_MS = 1_500;

const inks: Record<Tone, string> = {
  good: "text-soft",
  waiting: "text-soft",
  warn: "text-warn",
  off: "text-danger",
};

/**
 * What the connection is doing, for the eye at once and for a screen reader when it looks: it does
 * not interrupt. Troubles that last are spoken by the notices of the room.
 */
export function ConnectionStatus() {
  const connection = useRoom((view) => view.connection);
  const slow = useSlow(connection.phase === "connected" && connection.refreshing);
  const word = connectionWord(connection, slow);
  const now = useNow(word.until !== undefined, 1_000, word.until);
  const seconds = word.until === undefined || now === 0 ? 0 : secondsUntil(word.until, now);
  const ink = inks[word.tone];
  return (
    <div className={cx("flex items-center gap-1 text-small whitespace-nowrap", ink)}>
      <div
        role="status"
        aria-label="Connection"
        aria-live="off"
        className="flex items-center gap-2 font-medium"
      >
        {/* On a phone the running seconds need the place; the word is still said. */}
        <span className={cx(word.untilWords && seconds > 0 && "max-sm:sr-only")}>
          {word.word}
        </span>{" "}
        {seconds > 0 && (
          <span
            aria-hidden="true"
            className={cx(
              "tabular font-normal",
              word.tone === "good" && "text-quiet max-xl:hidden",
              word.tone === "waiting" && "max-sm:hidden",
            )}
          >
            {word.untilWords ? `${word.untilWords} ${left(seconds)}` : countdown(seconds)}
          </span>
        )}
        <Sign word={word} />
      </div>
      {word.canTry && <TryNow />}
    </div>
  );
}

/** On a narrow page the notice above the transcript has this button alone. */
function TryNow() {
  const client = useRoomClient();
  return (
    <>
      <span aria-hidden="true" className="max-sm:hidden">
        ·
      </span>
      <button
        type="button"
        onClick={() => client.tryNow()}
        className="target rounded-house px-1 underline underline-offset-2 hover:text-ink max-sm:hidden"
      >
        try now
      </button>
    </>
  );
}

/** A different shape for each tone, so that nothing hangs on colour. */
function Sign({ word: { word, tone } }: { word: ConnectionWord }) {
  const className = "order-first size-3.5 shrink-0";
  if (tone === "good") {
    return <Icon d={CIRCLE} className="order-first size-2 shrink-0 fill-good text-good" />;
  }
  if (word === "Offline") return <Icon d={WIFI_OFF} className={className} />;
  if (tone === "off") return <Icon d={BAN} className={className} />;
  if (tone === "warn") return <Icon d={ROTATE_CW} className={className} />;
  // Eight dashes around.
  return <Icon d={CIRCLE} strokeDasharray="3.85 4" className={className} />;
}

function useSlow(running: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => setSlow(true), SLOW_RENEWAL_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [running]);
  return slow;
}
