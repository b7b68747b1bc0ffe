import { setTimeout as wait } from "node:timers/promises";
import type { TestParty } from "../../party/testing/kit";
import type { Message } from "../../lib/protocol/values";
import { MAX_HISTORY_LIMIT } from "../../lib/protocol/limits";
import { toldOf } from "./wire";
import type { App } from "./app";
import type { Written } from "./log";
import type { Tab } from "./tab";

const LOOK_EVERY_MS = 100;

interface Look {
  epoch: string;
  seq: number;
  people: number;
  connections: number;
}

const FINAL = new Set(["failed", "signed_out", "closed"]);

/** A person who is told that it is over loads the page again, if they are signed in. */
export function revive(tabs: readonly Tab[], app: App): void {
  for (const tab of tabs) {
    const { phase } = tab.page.view().connection;
    if (FINAL.has(phase) && !app.isOver(tab.user)) tab.reload(true);
  }
}

/** Waits until nothing moves any more; false where that does not come in time. */
export async function untilQuiet(
  {
    party,
    app,
    tabs,
    rooms,
  }: { party: TestParty; app: App; tabs: readonly Tab[]; rooms: readonly string[] },
  withinMs: number,
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    revive(tabs, app);
    // A party that does not answer is not quiet yet.
    const looks = await Promise.all(
      rooms.map((room) => lookAt(party, room).catch(() => undefined)),
    );
    const quiet = rooms.every((room, at) => {
      const there = tabs.filter((tab) => tab.room === room);
      return there.every((tab) => isQuiet(tab, looks[at], there));
    });
    if (quiet) return true;
    await wait(LOOK_EVERY_MS);
  }
  return false;
}

function isQuiet({ page }: Tab, look: Look | undefined, there: readonly Tab[]): boolean {
  const { connection, messages, seq, people } = page.view();
  return (
    connection.phase === "connected" &&
    seq === look?.seq &&
    look.connections === there.length &&
    messages.every(({ state, changing }) => state !== "pending" && !changing) &&
    people.reduce((sum, person) => sum + person.connections, 0) === there.length
  );
}

const lookAt = (party: TestParty, room: string): Promise<Look> =>
  party.http("GET", `/parties/main/${room}`).then(({ body }) => body as Look);

/** What a page shows in the end. */
export function shownBy({ user, page }: Tab, app: App): Written[] {
  const { connection, people, messages } = page.view();
  return [
    { ev: "page", phase: connection.phase, sid: page.sid, over: app.isOver(user) },
    { ev: "shown", people: Object.fromEntries(people.map((one) => [one.id, one.connections])) },
    ...messages.map(({ id: cid, seq, text, state, user }): Written => {
      const place = seq === undefined ? {} : { seq };
      return { ev: "view", cid, text, state, author: user.id, ...place };
    }),
  ];
}

/** The whole history as somebody loads it who was never there, page by page over HTTP. */
export async function truthOf(party: TestParty, room: string): Promise<Written[]> {
  const all: Written[] = [];
  let before = "";
  for (;;) {
    const at = `/parties/main/${room}/messages?limit=${MAX_HISTORY_LIMIT}${before}`;
    const { body } = await party.http("GET", at);
    const { epoch, messages, hasMore } = body as {
      epoch: string;
      messages: Message[];
      hasMore: boolean;
    };
    all.unshift(
      ...messages.map((message): Written => ({ ev: "truth", ...toldOf(message, epoch) })),
    );
    if (!hasMore) break;
    before = `&before=${messages[0]?.seq}`;
  }
  const { epoch, seq, people, connections } = await lookAt(party, room);
  return [...all, { ev: "room", epoch, seq, people, connections }];
}
