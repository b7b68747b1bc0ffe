"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { browserDeps } from "@/lib/client/browser-deps";
import { createRoomClient } from "@/lib/client/create";
import { createProbe } from "@/lib/client/inspect/probe";
import type { UserRef } from "@/lib/protocol/values";
import { ConnectionFacts } from "./connection-facts";
import { Switches } from "./switches";
import { Timeline } from "./timeline";
import { TokenFacts } from "./token-facts";

/** One connection to a room under glass: its token, its times, its events, and what can happen to it. */
export function InspectScreen({
  room,
  partyHost,
  me,
}: {
  room: string;
  partyHost: string;
  me: UserRef;
}) {
  const [{ probe, client }] = useState(() => {
    const made = createProbe(browserDeps);
    return { probe: made, client: createRoomClient({ room, partyHost, me }, made.deps) };
  });
  useEffect(() => {
    const timer = setTimeout(() => client.start(), 0);
    return () => {
      clearTimeout(timer);
      client.stop();
    };
  }, [client]);
  const { connection } = useSyncExternalStore(
    client.subscribe,
    client.getSnapshot,
    client.getSnapshot,
  );
  const view = useSyncExternalStore(probe.subscribe, probe.getSnapshot, probe.getSnapshot);
  return (
    <div className="grid grid-cols-1 items-start gap-x-12 gap-y-10 lg:grid-cols-2">
      <div className="grid gap-10">
        <ConnectionFacts connection={connection} />
        <Switches probe={probe} view={view} onTryNow={() => client.tryNow()} />
        <Timeline events={view.events} />
      </div>
      <TokenFacts token={view.token} />
    </div>
  );
}
