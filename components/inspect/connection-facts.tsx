"use client";

import type { ConnectionView } from "@/lib/client/types";
import { left, secondsUntil } from "../ui/format";
import { useNow } from "../ui/use-now";
import { Facts, Section } from "./section";

/** The connection as the page sees it, with the time that is left of everything that ends. */
export function ConnectionFacts({ connection }: { connection: ConnectionView }) {
  const now = useNow(true);
  const time = (at: number | undefined) =>
    at === undefined || !now ? "none" : left(secondsUntil(at, now));
  const { phase, refreshing, stopReason, dials, refreshes } = connection;
  return (
    <Section title="Connection">
      <Facts
        facts={{
          phase: refreshing ? `${phase}, refreshing` : phase,
          "stop reason": stopReason ?? "none",
          "lease left": time(connection.lease?.endsAt),
          "grace left": time(connection.graceEndsAt),
          "next try in": time(connection.retryAt),
          "session left": time(connection.sessionEndsAt),
          dials,
          refreshes,
        }}
      />
    </Section>
  );
}
