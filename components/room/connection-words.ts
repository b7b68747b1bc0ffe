import type { ConnectionView, Phase } from "@/lib/client/types";

export type Tone = "good" | "waiting" | "warn" | "off";

export interface ConnectionWord {
  /** Begins the text of the status; spoken whenever it changes. */
  word: "Connecting" | "Live" | "Renewing" | "Reconnecting" | "Offline" | "Signed out" | "Stopped";
  tone: Tone;
  /** What the running seconds beside the word lead to, on the clock of `performance.now()`. */
  until?: number | undefined;
  /** Stands before the seconds. */
  untilWords?: "in" | "Grace";
  /** A person may cut the wait short. */
  canTry?: boolean;
}

/**
 * One word for the connection. A renewal that takes its usual moment is not worth a word: `slow` is
 * true once it has lasted longer. "Offline" is what the browser says, so an open socket overrules it.
 */
export function connectionWord(connection: ConnectionView, slow: boolean): ConnectionWord {
  const { phase, offline, lease, graceEndsAt, retryAt, held, refreshing } = connection;
  switch (phase) {
    case "connected":
      return refreshing && slow
        ? { word: "Renewing", tone: "waiting", until: lease?.endsAt }
        : { word: "Live", tone: "good", until: lease?.endsAt };
    case "grace":
      return { word: "Renewing", tone: "warn", until: graceEndsAt, untilWords: "Grace" };
    case "signed_out":
      return { word: "Signed out", tone: "off" };
    case "failed":
    case "closed":
      return { word: "Stopped", tone: "off" };
    case "initialized":
    case "connecting":
      if (offline) return { word: "Offline", tone: "off" };
      // After the first welcome every dial is a reconnection.
      return connection.dials > 0
        ? { word: "Reconnecting", tone: "waiting" }
        : { word: "Connecting", tone: "waiting" };
    case "reconnecting":
    case "suspended":
      return offline
        ? { word: "Offline", tone: "off" }
        : {
            word: "Reconnecting",
            tone: "waiting",
            until: retryAt,
            untilWords: "in",
            canTry: retryAt !== undefined && !held,
          };
  }
}

/** The page is not on its way back by itself. */
export const isOver = (phase: Phase): boolean =>
  phase === "failed" || phase === "signed_out" || phase === "closed";
