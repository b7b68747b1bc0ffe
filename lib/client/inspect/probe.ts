import { closeRule, parseServerFrames } from "../../protocol";
import type { ClientDeps } from "../deps";
import type { Socket, SocketHandlers } from "../socket";
import { createStore } from "../store";
import { decodeToken, type DecodedToken } from "./decode";
import { createFreezer } from "./freezer";
import { falseAnswer, type FalseAnswer } from "./false-answer";

/** One authentication event; `at` is on the clock of `performance.now()`. Never holds a token. */
export interface ProbeEvent {
  id: number;
  at: number;
  what: string;
}

export interface ProbeView {
  /** The newest token that this page was given, taken apart. */
  token: DecodedToken | null;
  events: readonly ProbeEvent[];
  nextAnswer: FalseAnswer | null;
  frozen: boolean;
}

const KEPT_EVENTS = 200;

/**
 * A client's world with somebody between the two who can look and interfere. It is put around lib/client
 * from outside: the client knows nothing of it, and no page in production has it.
 */
export function createProbe(base: ClientDeps) {
  const store = createStore<ProbeView>({
    token: null,
    events: [],
    nextAnswer: null,
    frozen: false,
  });
  const freezer = createFreezer(base);
  let events = 0;
  let line: { socket: Socket; handlers: SocketHandlers; graceMs: number } | null = null;
  let lastDialled: string | null = null;
  let spendAgain = false;

  const change = (fields: Partial<ProbeView>) => store.set({ ...store.get(), ...fields });
  function tell(what: string): void {
    const event = { id: ++events, at: base.now(), what };
    change({ events: [event, ...store.get().events].slice(0, KEPT_EVENTS) });
  }

  async function ask(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
    const { use } = JSON.parse(String(init?.body)) as { use: string };
    const { nextAnswer } = store.get();
    tell(`token asked for, to ${use}`);
    if (nextAnswer) change({ nextAnswer: null });
    const response = await (nextAnswer
      ? falseAnswer(nextAnswer, init?.signal ?? null)
      : base.fetch(url, init));
    tell(`token route answers ${response.status}${nextAnswer ? " (made up here)" : ""}`);
    if (!response.ok) return response;
    // Read once and told on: a clone is read later than its source, by as much as the runtime likes.
    const text = await response.text();
    keep(text);
    return new Response(text, { status: response.status, headers: response.headers });
  }

  /** An answer that cannot be read is the client's to judge. */
  function keep(text: string): void {
    try {
      const { token } = JSON.parse(text) as { token?: unknown };
      if (typeof token === "string") change({ token: decodeToken(token) });
    } catch {
      // Nothing to show.
    }
  }

  function open(address: Parameters<ClientDeps["openSocket"]>[0], given: SocketHandlers): Socket {
    const token: string = spendAgain && lastDialled !== null ? lastDialled : address.token;
    tell(token === address.token ? "dial" : "dial, with the token before");
    spendAgain = false;
    lastDialled = token;
    const handlers: SocketHandlers = {
      onMessage: freezer.held((data: unknown) => {
        for (const frame of parseServerFrames(data).frames) {
          if (frame.type === "welcome" && line) line.graceMs = frame.graceMs;
          const told = wordFor(frame);
          if (told) tell(told);
        }
        given.onMessage(data);
      }),
      onClose: freezer.held((code: number) => {
        tell(`closed ${code} ${closeRule(code).name}`);
        given.onClose(code);
      }),
    };
    const socket = base.openSocket({ ...address, token }, handlers);
    line = { socket, handlers, graceMs: 0 };
    return {
      send(text) {
        if (text.startsWith('{"type":"auth.refresh"')) tell("auth.refresh sent");
        return socket.send(text);
      },
      close(gently) {
        tell("closed from here");
        socket.close(gently);
      },
    };
  }

  function drop(): void {
    line?.socket.close();
    line?.handlers.onClose(1006);
  }

  return {
    deps: { ...freezer.deps, fetch: ask as typeof fetch, openSocket: open } satisfies ClientDeps,
    subscribe: store.subscribe,
    getSnapshot: store.get,
    /** What the party says at the end of a lease, said now. The party's own lease goes on. */
    expireNow: () =>
      line?.handlers.onMessage(JSON.stringify({ type: "auth.expired", graceMs: line.graceMs })),
    answerNext: (nextAnswer: FalseAnswer | null) => change({ nextAnswer }),
    drop,
    /** The next dial presents the token that the last one has spent. */
    spendTwice() {
      spendAgain = true;
      drop();
    },
    freeze(frozen: boolean) {
      tell(frozen ? "frozen" : "thawed");
      change({ frozen });
      freezer.freeze(frozen);
    },
  };
}
export type Probe = ReturnType<typeof createProbe>;

/** What of a frame concerns authorisation, in words; null for all the rest. */
function wordFor(frame: ReturnType<typeof parseServerFrames>["frames"][number]): string | null {
  switch (frame.type) {
    case "welcome":
    case "auth.refreshed":
      return `${frame.type}: lease ${frame.leaseMs} ms, refresh in ${frame.refreshInMs} ms`;
    case "auth.expiring":
      return `${frame.type} in ${frame.inMs} ms`;
    case "auth.expired":
      return `${frame.type}: grace ${frame.graceMs} ms`;
    case "auth.revoked":
      return `${frame.type}: ${frame.reason}`;
    case "auth.updated":
      return `${frame.type}: ${frame.role}`;
    case "drain":
      return `${frame.type}: come back in ${frame.retryInMs} ms`;
    case "error":
      return `error ${frame.code}`;
    default:
      return null;
  }
}
