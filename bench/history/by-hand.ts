import type { Line, Written } from "./log";

const EPOCH = "e1";
const LEASE_MS = 6_000;

/** Writes histories by hand: each call is one line, a moment later than the one before. */
export function historyByHand(room = "hall") {
  const lines: Line[] = [];
  let t = 0;
  let jtis = 0;
  const write = (client: string, user: string, line: Written) =>
    void lines.push({ t: ++t, client, user, room, ...line });

  let epoch = EPOCH;

  function page(user: string, tab = `${user}/${room}/1`) {
    const client = `${tab}#1`;
    const add = (line: Written) => write(client, user, line);
    let socket = 0;
    return {
      add,
      say: (cid: string, text = cid) => add({ ev: "say", cid, text }),
      send: (cid: string, text = cid) => add({ ev: "send", socket, cid, text }),
      ack: (cid: string, seq: number, ts = seq) => add({ ev: "ack", socket, cid, seq, ts }),
      edit: (cid: string, seq: number, text: string) => add({ ev: "edit", socket, cid, seq, text }),
      dial(after?: number, grant = {}) {
        const resume = after === undefined ? {} : { epoch: EPOCH, after };
        const given = { user, sid: `sid-${user}`, room, jti: `jti-${++jtis}`, ...grant };
        add({ ev: "dial", socket: ++socket, grant: given, ...resume });
      },
      conn(seq: number, recovered = false, at = 0) {
        const until = at + LEASE_MS;
        const whom = { as: user, into: room };
        add({ ev: "conn", socket, epoch, seq, recovered, ...whom, at, until });
      },
      hear(author: string, cid: string, seq: number, more: Partial<Line> = {}) {
        const told = { author, cid, seq, epoch, text: cid, ts: seq };
        add({ ev: "recv", socket, via: "live", ...told, ...more } as Written);
      },
      expired: () => add({ ev: "expired", socket }),
      renewed: (until: number) => add({ ev: "lease", socket, until }),
      reset: (seq: number) => add({ ev: "reset", socket, epoch, seq }),
      close: (code = 1006) => add({ ev: "close", socket, code }),
      end(people: Record<string, number>, phase = "connected", over = false) {
        add({ ev: "page", phase, sid: `sid-${user}`, over });
        add({ ev: "shown", people });
      },
      view(
        author: string,
        cid: string,
        seq?: number,
        state: "sent" | "failed" = "sent",
        text = cid,
      ) {
        const place = seq === undefined ? {} : { seq };
        add({ ev: "view", author, cid, text, state, ...place });
      },
    };
  }

  return {
    lines,
    page,
    revoked: (sid: string, at: number) => write("world", "", { ev: "revoked", sid, at }),
    truth: (author: string, cid: string, seq: number, text = cid) =>
      write("truth", "", { ev: "truth", author, cid, seq, epoch, text, ts: seq }),
    room: (seq: number, people: number, connections: number) =>
      write("truth", "", { ev: "room", epoch, seq, people, connections }),
    /** What `truth` has told is taken away; what comes now is of another epoch. */
    cleared(next: string) {
      write("world", "", { ev: "cleared", epoch });
      epoch = next;
    },
  };
}

/**
 * Ada says `a` and `b`, and changes `a`; Bo hears `a`, loses the line, and comes back to exactly what
 * he missed; his lease lapses and he is told what he missed again; what he says last is refused.
 */
export function goodHistory(): Line[] {
  const { lines, page, truth, room } = historyByHand();
  const ada = page("ada");
  const bo = page("bo");
  ada.dial();
  ada.conn(0);
  bo.dial();
  bo.conn(0);
  ada.say("a");
  ada.send("a");
  bo.hear("ada", "a", 1);
  ada.ack("a", 1);
  ada.hear("ada", "a", 1);
  bo.close();
  ada.say("b");
  ada.send("b");
  ada.send("b");
  ada.ack("b", 2);
  ada.ack("b", 2);
  ada.hear("ada", "b", 2);
  ada.edit("e", 1, "better");
  ada.ack("e", 1, 3);
  bo.say("c");
  bo.dial(1);
  bo.conn(2, true);
  bo.hear("ada", "b", 2, { via: "welcome" } as Partial<Line>);
  bo.send("c");
  ada.hear("bo", "c", 3);
  bo.expired();
  bo.renewed(20_000);
  bo.hear("bo", "c", 3, { via: "missed" } as Partial<Line>);
  bo.say("d");
  bo.send("d");
  bo.add({ ev: "nack", socket: 2, cid: "d", code: "muted" });
  for (const { end, view } of [ada, bo]) {
    end({ ada: 1, bo: 1 });
    view("ada", "a", 1, "sent", "better");
    view("ada", "b", 2);
    view("bo", "c", 3);
  }
  bo.view("bo", "d", undefined, "failed");
  truth("ada", "a", 1, "better");
  truth("ada", "b", 2);
  truth("bo", "c", 3);
  room(3, 2, 2);
  return lines;
}
