"use client";

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { createRoomClient } from "./create";
import { createPick } from "./pick";
import type { RoomClient, RoomClientOptions, RoomView } from "./types";

const ClientContext = createContext<RoomClient | null>(null);

/** Holds the connection to one room for as long as it is mounted. */
export function RoomProvider({
  options,
  children,
}: {
  options: RoomClientOptions;
  children: ReactNode;
}) {
  // Another room or another person is another client, never a client that changes.
  const key = JSON.stringify([options.partyHost, options.room, options.tokenUrl, options.me?.id]);
  return (
    <OneRoom key={key} options={options}>
      {children}
    </OneRoom>
  );
}

function OneRoom({ options, children }: { options: RoomClientOptions; children: ReactNode }) {
  const [client] = useState(() => createRoomClient(options));
  useEffect(() => {
    // StrictMode and quick navigation mount and unmount at once: nothing is dialled for that.
    const timer = setTimeout(() => client.start(), 0);
    return () => {
      clearTimeout(timer);
      client.stop();
    };
  }, [client]);
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The client of the room around; throws outside a `RoomProvider`. */
export function useRoomClient(): RoomClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useRoomClient needs a RoomProvider around it");
  return client;
}

/**
 * A part of the room. The component draws again only when that part has changed; an object or array
 * made by the selector is compared by its parts.
 */
export function useRoom<T>(selector: (view: RoomView) => T): T {
  const client = useRoomClient();
  const [pick] = useState(createPick<RoomView, T>);
  const [initial] = useState(() => client.getSnapshot());
  const read = useCallback(() => pick(selector, client.getSnapshot()), [pick, selector, client]);
  const readInitial = useCallback(() => pick(selector, initial), [pick, selector, initial]);
  return useSyncExternalStore(client.subscribe, read, readInitial);
}
