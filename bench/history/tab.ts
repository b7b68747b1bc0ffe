import type { createRoomClient } from "../../lib/client/create";
import type { ClientDeps } from "../../lib/client/deps";
import type { EnvironmentEvent } from "../../lib/client/environment";
import type { RoomClient } from "../../lib/client/types";
import type { App } from "./app";
import { between, chanceOf, oneOf, type Chance } from "./chance";
import { type Written } from "./log";
import { openLine, type Line } from "./proxy";
import { tappedSockets } from "./wire";

export type CreateClient = typeof createRoomClient;

export interface TabOptions {
  /** `ada/hall/1` */
  name: string;
  user: string;
  room: string;
  seed: number;
  origin: string;
  partyPort: number;
  app: App;
  createClient: CreateClient;
  write(line: Written, client: string): void;
  /** The share of messages that leave twice. */
  twice: number;
}

/**
 * A tab of a person in a room: the page's own client (lib/client) over a line that can be made bad,
 * with a storage that outlives a reload. A load after a reload is another page of the same tab.
 */
export async function openTab(options: TabOptions) {
  const { user, room, app, createClient } = options;
  const line = await openLine(options.partyPort);
  const chance = chanceOf(options.seed);
  let lives = 1;
  let loads = 0;
  let storage = memory();
  let page = load();

  /** A tab that was closed and opened again is another tab. */
  function tabName(): string {
    return lives === 1 ? options.name : `${options.name}.${lives}`;
  }

  function load() {
    const name = `${tabName()}#${++loads}`;
    return openPage({
      ...options,
      name,
      tab: options.name,
      line,
      storage,
      chance,
      createClient,
      app,
    });
  }

  return {
    name: options.name,
    user,
    room,
    line,
    get page() {
      return page;
    },
    /** `gently`: the page has time to close its socket; else it is as if its process were killed. */
    reload(gently: boolean) {
      if (!page.isOpen()) return;
      page.leave("reload", gently);
      page = load();
    },
    close() {
      if (page.isOpen()) page.leave("closed", true);
    },
    reopen() {
      if (page.isOpen()) return;
      lives++;
      loads = 0;
      storage = memory();
      page = load();
    },
    stop() {
      if (page.isOpen()) page.leave("closed", true);
      return line.stop();
    },
  };
}
export type Tab = Awaited<ReturnType<typeof openTab>>;

interface PageOptions extends TabOptions {
  tab: string;
  line: Line;
  storage: ClientDeps["storage"];
  chance: Chance;
}

function openPage(options: PageOptions) {
  const { name, user, room, app, chance } = options;
  /** A page that is gone does nothing and hears nothing, whatever was under way. */
  let open = true;
  const write = (line: Written) => {
    if (open) options.write(line, name);
  };
  const listeners = new Set<(event: EnvironmentEvent) => void>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const skewMs = between(chance, -3_600_000, 3_600_000);
  let online = true;
  let ids = 0;
  let lastId = "";

  const deps: ClientDeps = {
    now: () => performance.now(),
    wallNow: () => Date.now() + skewMs,
    random: chance,
    setTimeout(callback, ms) {
      if (!open) return undefined;
      const timer = setTimeout(() => {
        timers.delete(timer);
        callback();
      }, ms);
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer) {
      clearTimeout(timer as ReturnType<typeof setTimeout>);
      timers.delete(timer as ReturnType<typeof setTimeout>);
    },
    fetch: async (url, init) => {
      const answer = await app.fetchOf(user, options.tab)(url, init);
      return open ? answer : new Promise<never>(() => {});
    },
    openSocket: tappedSockets({
      origin: options.origin,
      write,
      grantOf: app.grantOf,
      isAlive: () => open,
      again: () => (chance() < options.twice ? between(chance, 0, 2_000) : null),
    }),
    environment: {
      online: () => online,
      visible: () => true,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onAccount: () => () => {},
    },
    storage: options.storage,
    newId: () => (lastId = `${name}:${++ids}`),
  };
  const happen = (event: EnvironmentEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const client: RoomClient = options.createClient(
    { room, partyHost: `127.0.0.1:${options.line.port}`, me: { id: user, name: nameOf(user) } },
    deps,
  );
  client.start();

  return {
    name,
    sid: app.sidOf(user),
    isOpen: () => open,
    view: () => client.getSnapshot(),
    say(text: string) {
      const { ok } = client.send(text);
      if (ok) write({ ev: "say", cid: lastId, text });
      return ok;
    },
    /** Changes one of the newest own messages, if there is one. */
    edit(text: string) {
      const own = client
        .getSnapshot()
        .messages.slice(-20)
        .flatMap(({ mine, seq }) => (mine && seq !== undefined ? [seq] : []));
      if (own.length > 0) client.edit(oneOf(chance, own), text);
    },
    wake: () => happen("wake"),
    setOnline(now: boolean) {
      online = now;
      happen(now ? "online" : "offline");
    },
    leave(how: "reload" | "closed", gently: boolean) {
      if (gently) client.stop();
      write({ ev: "left", how });
      open = false;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      listeners.clear();
      // The sockets of a process that is gone end with it.
      if (!gently) options.line.cut();
    },
  };
}

export const nameOf = (user: string): string => `${user[0]?.toUpperCase()}${user.slice(1)}`;

function memory(): NonNullable<ClientDeps["storage"]> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
