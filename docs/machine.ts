import { CLOSE_RULES, errorFrame, REPLACED_BY_SIGN_IN } from "../lib/protocol";
import { transition } from "../lib/client/machine/transition";
import {
  INITIAL,
  OWNED,
  type Effect,
  type MachineEvent,
  type MachineState,
  type StateName,
} from "../lib/client/machine/types";
import { viewOf } from "../lib/client/machine/view";
import { eventOf, type Move } from "../lib/client/testing/machine-moves";
import { welcomeFrame } from "../lib/client/testing/welcome-frame";

/**
 * The connection machine as it behaves: every state that can be reached is tried with every event,
 * and what follows is written down. The figure and the table of docs/CONNECTION.md are made of that.
 */
export const STATES = Object.keys(OWNED) as StateName[];

const CLOSES = [...new Map(CLOSE_RULES.map((rule) => [rule.reaction, rule.code])).entries()];
const answers = ["signed_out", "forbidden", "no_room", "misconfigured", "later"] as const;

/** The rows of the table, each with everything that it can mean. */
const EVENTS: Record<string, readonly Move[]> = {
  start: [false, true].map((offline) => ({ do: "event", event: { type: "start", offline } })),
  stop: [{ do: "event", event: { type: "stop" } }],
  "try now": [{ do: "event", event: { type: "tryNow" } }],
  online: [{ do: "event", event: { type: "online" } }],
  offline: [{ do: "event", event: { type: "offline" } }],
  wake: [{ do: "event", event: { type: "wake" } }],
  "signed in": [{ do: "event", event: { type: "signedIn" } }],
  banned: [{ do: "event", event: { type: "banned" } }],
  "signed out elsewhere": [{ do: "event", event: { type: "signedOutElsewhere" } }],
  "token 200": [
    { do: "answer", answer: { kind: "token", token: "t" } },
    { do: "answer", answer: { kind: "token", token: "t", sessionEndsInMs: 9_000 } },
  ],
  ...Object.fromEntries(
    answers.map((kind): [string, Move[]] => [
      {
        signed_out: "401",
        forbidden: "403",
        no_room: "404",
        misconfigured: "400",
        later: "429 5xx",
      }[kind].replace(/^/, "token "),
      [
        { do: "answer", answer: { kind } },
        ...(kind === "later"
          ? [{ do: "answer", answer: { kind, retryAfterMs: 60_000 } } as const]
          : []),
      ],
    ]),
  ),
  // Leases shorter and longer than the time between two pings.
  welcome: [20_000, 300_000].map((leaseMs) => ({
    do: "frame",
    frame: welcomeFrame({ leaseMs, refreshInMs: leaseMs * 0.8 }),
  })),
  "welcome, later version": [{ do: "foreign" }],
  "welcome, another person": [{ do: "stranger" }],
  "auth.refreshed": [{ do: "refreshed" }],
  "refresh refused": [{ do: "refuse" }, { do: "busy" }],
  "auth.expiring": [{ do: "frame", frame: { type: "auth.expiring", inMs: 500 } }],
  "auth.expired": [{ do: "frame", frame: { type: "auth.expired", graceMs: 1_500 } }],
  "auth.revoked": [{ do: "frame", frame: { type: "auth.revoked", reason: REPLACED_BY_SIGN_IN } }],
  "error auth_expired": [{ do: "frame", frame: errorFrame("auth_expired", { id: "m" }) }],
  drain: [{ do: "frame", frame: { type: "drain", retryInMs: 3_000 } }],
  pong: [{ do: "pong" }],
  ...Object.fromEntries(
    CLOSES.map(([reaction]): [string, Move[]] => {
      const codes = CLOSE_RULES.filter((rule) => rule.reaction === reaction).map(
        ({ code }) => code,
      );
      return [`closed ${codes.join(" ")}`, codes.map((code) => ({ do: "close", code }))];
    }),
  ),
};
/** Beside those: a timer of the state fires, in time or long overdue after a sleep. */
const TIMER = (name: string) => `timer ${name}`;
export const ROWS = [
  ...Object.keys(EVENTS),
  ...[...new Set(STATES.flatMap((name) => OWNED[name].timers))].map(TIMER),
];

type Seen = Map<StateName, Map<string, Set<StateName>>>;

/** From each state, by each event: where it led. An event that changed nothing is not listed. */
export function explore(): { seen: Seen; phases: Map<StateName, Set<string>> } {
  const seen: Seen = new Map(STATES.map((name) => [name, new Map()]));
  const phases = new Map(STATES.map((name) => [name, new Set<string>()]));
  const known = new Set<string>();
  const queue: { state: MachineState; now: number }[] = [{ state: INITIAL, now: 0 }];

  for (let next = queue.shift(); next; next = queue.shift()) {
    const { state, now } = next;
    phases.get(state.name)?.add(viewOf(state).phase);
    const step = (row: string, event: MachineEvent | null, at = now) => {
      if (!event) return;
      const after = transition(state, event, { now: at, random: () => 0.5 });
      const ignored =
        isIgnored(event, after.effects) && shape(after.state, at) === shape(state, at);
      const rows = seen.get(state.name) as Map<string, Set<StateName>>;
      if (!ignored) rows.set(row, (rows.get(row) ?? new Set()).add(after.state.name));
      const key = shape(after.state, at);
      if (known.has(key)) return;
      known.add(key);
      queue.push({ state: after.state, now: at });
    };
    for (const [row, moves] of Object.entries(EVENTS)) {
      for (const move of moves) step(row, eventOf(move, state));
    }
    for (const [name, due] of Object.entries(state.timers) as [
      keyof MachineState["timers"],
      number,
    ][]) {
      // Only the timer that is due first can fire in time; the others come late, after it.
      if (Object.values(state.timers).every((at) => due <= at)) {
        step(TIMER(name), { type: "timer", name }, Math.max(now, due));
      }
    }
  }
  return { seen, phases };
}

/** Any frame is a sign of life and ends the wait for a pong; that alone is not worth a cell. */
const isIgnored = (event: MachineEvent, effects: readonly Effect[]): boolean =>
  effects.every((one) => one.type === "clearTimer" && one.name === "pong") &&
  !(event.type === "frame" && event.frame.type === "pong");

/** What makes one state lead elsewhere than another; counters and exact times do not. */
function shape(state: MachineState, now: number): string {
  const timers = Object.entries(state.timers);
  const first = timers.reduce((a, b) => (b[1] < a[1] ? b : a), ["none", Infinity]);
  return [
    state.name,
    state.request?.use,
    state.presented !== null,
    state.ping !== null,
    first[0],
    state.timers.refresh !== undefined,
    Object.keys(state.hint).sort(),
    state.fresh && state.attempt === 0,
    state.suspended,
    state.offline,
    now < state.blockedUntil,
    state.refusedTokens,
    state.refusedRefreshes,
    state.stopReason === "other_person" || (state.stopReason === "kicked" && "kicked"),
    state.welcomedAt !== null && now - state.welcomedAt >= 1_000,
  ].join();
}

const TITLES: Record<StateName, string> = {
  initialized: "initialized",
  token: "token, asked for",
  dialing: "dialing, not welcomed yet",
  connected: "connected (refreshing)",
  grace: "grace, only a refresh leaves",
  waiting: "waiting for the next try",
  signed_out: "signed_out",
  failed: "failed, says why",
  closed: "closed on purpose",
};
/** Leads to the same place from everywhere; the document says so in words. */
const EVERYWHERE = new Set([
  ...["stop", "closed 1000", "signed out elsewhere"],
  ...["start", "try now", "signed in"],
]);
const isPerson = (row: string) => /^(start|stop|try now)$/.test(row);

/** "token 403" and "token 404" on one line, and all close codes on another. */
function gathered(labels: string[]): string[] {
  const lines = new Map<string, string[]>();
  for (const label of labels) {
    const [, head = label, codes] = /^(token|closed) (\d.*)$/.exec(label) ?? [];
    lines.set(head, [...(lines.get(head) ?? []), ...(codes?.split(" ") ?? [])]);
  }
  return [...lines].map(([head, codes]) => [head, ...codes.sort()].join(" "));
}

/** The arrows of the figure: what leads from one state to another, told once per pair. */
export function figure({ seen }: ReturnType<typeof explore>): string {
  const lines = ["stateDiagram-v2", "  direction LR"];
  for (const name of STATES) lines.push(`  ${name}: ${TITLES[name]}`);
  lines.push("  [*] --> initialized");
  lines.push("  initialized --> token: start");
  for (const [from, rows] of seen) {
    for (const to of STATES) {
      const labels = [...rows]
        .filter(([row, targets]) => to !== from && targets.has(to) && !EVERYWHERE.has(row))
        .map(([row]) => row);
      if (labels.length > 0) lines.push(`  ${from} --> ${to}: ${gathered(labels).join("<br>")}`);
    }
  }
  return `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\``;
}

/** Events down, states across: where each leads, `stays` where something is done, blank where nothing is. */
export function transitions({ seen }: ReturnType<typeof explore>): string {
  const cell = (from: StateName, row: string) => {
    const targets = seen.get(from)?.get(row);
    if (!targets) return "";
    return STATES.filter((to) => targets.has(to))
      .map((to) => (to === from ? "stays" : `\`${to}\``))
      .join(" ");
  };
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["event", ...STATES.map((name) => `\`${name}\``)]),
    line(["---", ...STATES.map(() => "---")]),
    ...ROWS.map((row) =>
      line([isPerson(row) ? `**${row}**` : row, ...STATES.map((name) => cell(name, row))]),
    ),
  ].join("\n");
}

/** What each state holds, and by which of the few names the page knows it. */
export function states({ phases }: ReturnType<typeof explore>): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const code = (words: Iterable<string>) => [...words].map((word) => `\`${word}\``).join(" ");
  return [
    line(["state", "the page sees", "timers", "token request", "socket"]),
    line(["---", "---", "---", "---", "---"]),
    ...STATES.map((name) => {
      const { timers, request, socket } = OWNED[name];
      const seenAs = [...(phases.get(name) ?? [])].sort();
      return line([
        code([name]),
        code(seenAs),
        code(timers),
        request ? `for ${request === "connect" ? "a dial" : "a refresh"}` : "",
        socket ? (name === "dialing" ? "opening" : "open") : "",
      ]);
    }),
  ].join("\n");
}

/** The document with its three blocks written anew. */
export function withMachine(document: string): string {
  const found = explore();
  const blocks = { figure, transitions, states };
  return Object.entries(blocks).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- machine:${name} -->\\n)[\\s\\S]*?(<!-- /machine -->)`),
        (_, open: string, close: string) => `${open}\n${make(found)}\n\n${close}`,
      ),
    document,
  );
}
