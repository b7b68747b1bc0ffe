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

interface Held {
  client: RoomClient;
  /** As the server drew it: what is hydrated late must begin with the same, however live the room is. */
  initial: RoomView;
}
const ClientContext = createContext<Held | null>(null);

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
  const [held] = useState((): Held => {
    const client = createRoomClient(options);
    return { client, initial: client.getSnapshot() };
  });
  const { client } = held;
  useEffect(() => {
    // StrictMode and quick navigation mount and unmount at once: nothing is dialled for that.
    const timer = setTimeout(() => client.start(), 0);
    return () => {
      clearTimeout(timer);
      client.stop();
    };
  }, [client]);
  return <ClientContext value={held}>{children}</ClientContext>;
}

function useHeld(): Held {
  const held = useContext(ClientContext);
  if (!held) throw new Error("useRoomClient needs a RoomProvider around it");
  return held;
}

/** The client of the room around; throws outside a `RoomProvider`. */
export const useRoomClient = (): RoomClient => useHeld().client;

/**
 * A part of the room. The component draws again only when that part has changed; an object or array
 * made by the selector is compared by its parts.
 */
export function useRoom<T>(selector: (view: RoomView) => T): T {
  const { client, initial } = useHeld();
  const [pick] = useState(createPick<RoomView, T>);
  const read = useCallback(() => pick(selector, client.getSnapshot()), [pick, selector, client]);
  const readInitial = useCallback(() => pick(selector, initial), [pick, selector, initial]);
  return useSyncExternalStore(client.subscribe, read, readInitial);
}
