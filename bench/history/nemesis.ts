import { setTimeout as wait } from "node:timers/promises";
import type { TestParty } from "../../party/testing/kit";
import type { App } from "./app";
import type { Line, Written } from "./log";
import type { Fault } from "./plan";
import { truthOf } from "./settle";
import type { Tab } from "./tab";

interface Stage {
  party: TestParty;
  app: App;
  tabs: readonly Tab[];
  rooms: readonly string[];
  note(kind: string, detail: object): void;
  revoked(sid: string): void;
  /** What a room held when it was cleared. */
  cleared(room: string, held: readonly Written[]): void;
}

const SIGN_IN_AFTER_MS = 1_000;
const RETRY_MS = 100;

/** The adversary's hands: does to the world what the plan says, and can make it well again. */
export function createNemesis({ party, app, tabs, rooms, note, revoked, cleared }: Stage) {
  const armed = new Set<"ack" | "recv">();
  /** What is under way: healing waits for it. */
  const underWay = new Set<Promise<void>>();
  const clearing = new Set<string>();
  let down = false;
  let well = false;

  const during = (work: Promise<void>) => {
    const done = work.finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const tabOf = (name: string): Tab => tabs.find((tab) => tab.name === name) as Tab;
  const tabsOf = (user: string) => tabs.filter((tab) => tab.user === user);
  const lines = () => tabs.map(({ line }) => line);

  function kill(on: string): void {
    if (down) return;
    down = true;
    note("kill", { on });
    during(party.kill().then(restart));
  }

  async function restart(): Promise<void> {
    await party.restart();
    down = false;
  }

  function signal(name: "SIGSTOP" | "SIGCONT"): void {
    try {
      party.signal(name);
    } catch {
      // It has been killed meanwhile, which stops and continues it for good.
    }
  }

  async function freeze(ms: number): Promise<void> {
    signal("SIGSTOP");
    await wait(ms);
    signal("SIGCONT");
  }

  /** Nobody is connected meanwhile, so what is read before it is all that it takes away. */
  async function clear(room: string): Promise<void> {
    const doors = tabs.filter((tab) => tab.room === room).map(({ line }) => line);
    for (const door of doors) door.shut(true);
    try {
      const path = `/parties/main/${room}`;
      const ask = (method: string, at: string) => untilAnswered(() => party.http(method, at));
      while (((await ask("GET", path)).body as { connections: number }).connections > 0) {
        await wait(RETRY_MS);
      }
      const held = await untilAnswered(() => truthOf(party, room));
      await ask("DELETE", `${path}/messages`);
      cleared(room, held);
    } finally {
      for (const door of doors) door.shut(false);
    }
  }

  /** A party that is killed meanwhile answers later. */
  async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      const answer = await ask().catch(() => undefined);
      const status = (answer as { status?: number } | undefined)?.status;
      if (answer !== undefined && (status === undefined || status < 300)) return answer;
      await wait(RETRY_MS);
    }
  }

  async function revoke(user: string): Promise<void> {
    const sid = app.end(user);
    for (const room of rooms) await insist(room, sid);
    revoked(sid);
    await wait(SIGN_IN_AFTER_MS);
    app.signIn(user);
    for (const tab of tabsOf(user)) tab.reload(true);
  }

  /** As the app does: a party that cannot be told now is told later. */
  async function insist(room: string, sid: string): Promise<void> {
    for (;;) {
      const answer = await party
        .http("POST", `/parties/main/${room}/revoke`, { sid })
        .catch(() => null);
      if (answer?.status === 200) return;
      await wait(RETRY_MS);
    }
  }

  /** Makes a tab's world bad for a while. */
  async function forAWhile(ms: number, begin: () => void, end: () => void): Promise<void> {
    begin();
    await wait(ms);
    end();
  }

  function act(fault: Fault): void {
    switch (fault.kind) {
      case "kill":
        if (fault.on === "now") kill("now");
        else armed.add(fault.on);
        return;
      case "freeze":
        return during(freeze(fault.ms));
      case "cut":
        return tabOf(fault.tab).line.cut();
      case "cut_all":
        return lines().forEach((line) => line.cut());
      case "half_open": {
        const { line, page } = tabOf(fault.tab);
        const wake = () => {
          if (fault.wakes && page.isOpen()) page.wake();
        };
        return during(
          forAWhile(
            fault.ms,
            () => (line.halfOpen(), wake()),
            () => line.heal(),
          ),
        );
      }
      case "delay": {
        const { line } = tabOf(fault.tab);
        return during(
          forAWhile(
            fault.ms,
            () => line.delayBy(fault.by),
            () => line.delayBy(0),
          ),
        );
      }
      case "deaf": {
        const { line } = tabOf(fault.tab);
        return during(
          forAWhile(
            fault.ms,
            () => line.deafen(true),
            () => line.deafen(false),
          ),
        );
      }
      case "route":
        return app.fail(fault.user, fault.how, fault.ms);
      case "lapse":
        return app.fail(fault.user, "unavailable", fault.ms);
      case "rotate":
        return app.rotate();
      case "revoke":
        if (!app.isOver(fault.user)) during(revoke(fault.user));
        return;
      case "clear":
        if (!clearing.has(fault.room)) {
          clearing.add(fault.room);
          during(clear(fault.room).finally(() => clearing.delete(fault.room)));
        }
        return;
      case "reload":
        return tabOf(fault.tab).reload(fault.gently);
      case "close": {
        const tab = tabOf(fault.tab);
        return during(forAWhile(fault.ms, tab.close, tab.reopen));
      }
      case "offline": {
        const { page } = tabOf(fault.tab);
        const online = (now: boolean) => () => {
          if (page.isOpen()) page.setOnline(now);
        };
        return during(forAWhile(fault.ms, online(false), online(true)));
      }
      case "misdirect":
      case "replay": {
        // The next dial gets it, and the cut makes one.
        app.twist(fault.tab, fault.kind);
        return tabOf(fault.tab).line.cut();
      }
    }
  }

  return {
    do(fault: Fault): void {
      const { at: _, kind, ...detail } = fault;
      if (kind !== "kill") note(kind, detail);
      act(fault);
    },
    /** Hears of every line, to strike in the moment it was told to strike in. */
    hear(line: Line): void {
      if (well || armed.size === 0) return;
      const moment = line.ev === "recv" && line.via !== "live" ? null : line.ev;
      if ((moment === "ack" || moment === "recv") && armed.delete(moment)) kill(moment);
    },
    async heal(): Promise<void> {
      well = true;
      app.heal();
      while (underWay.size > 0) await Promise.all(underWay);
      for (const line of lines()) line.heal();
    },
  };
}
