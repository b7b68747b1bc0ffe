import { createRoomClient } from "../create";
import type { ClientDeps } from "../deps";
import type { Environment, EnvironmentEvent } from "../environment";
import type { OutboxStorage } from "../outbox-storage";
import type { RoomClientOptions } from "../types";
import { createFakeClock } from "./fake-clock";
import { createFakeParty } from "./fake-party";
import { createFakeRoute } from "./fake-route";

/** A client with everything around it under our hands: time, chance, network, page, storage. */
export function createWorld({ storage = createMemoryStorage() } = {}) {
  const clock = createFakeClock();
  const route = createFakeRoute(clock);
  const party = createFakeParty(clock, route);
  const page = createFakePage();
  let ids = 0;
  const world = {
    clock,
    route,
    party,
    page,
    storage,
    random: () => 0.5,
    deps: {} as ClientDeps,
    client: (options: Partial<RoomClientOptions> = {}) =>
      createRoomClient({ room: "general", partyHost: "party.example.com", ...options }, world.deps),
    /** A started client, welcomed. */
    async live(options: Partial<RoomClientOptions> = {}) {
      const client = world.client(options);
      client.start();
      await clock.advance(party.latencyMs * 2);
      return client;
    },
  };
  world.deps = {
    now: clock.now,
    wallNow: () => clock.now(),
    random: () => world.random(),
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    fetch: route.fetch,
    openSocket: party.open,
    environment: page.environment,
    storage,
    // Unlike any id of another client in the same storage.
    newId: () => `id-${worlds}-${++ids}`,
  };
  worlds++;
  return world;
}
let worlds = 0;
export type World = ReturnType<typeof createWorld>;

export function createMemoryStorage(): OutboxStorage & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

function createFakePage() {
  const listeners = new Set<(event: EnvironmentEvent) => void>();
  const accounts = new Set<(event: "signed_out" | "signed_in") => void>();
  const is = { online: true, visible: true };
  const environment: Environment = {
    online: () => is.online,
    visible: () => is.visible,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onAccount(listener) {
      accounts.add(listener);
      return () => accounts.delete(listener);
    },
  };
  return {
    environment,
    listeners,
    accounts,
    happen(event: EnvironmentEvent) {
      if (event === "online" || event === "offline") is.online = event === "online";
      if (event === "hidden" || event === "wake") is.visible = event === "wake";
      for (const listener of [...listeners]) listener(event);
    },
    tell(event: "signed_out" | "signed_in") {
      for (const listener of [...accounts]) listener(event);
    },
  };
}
