import type { Fault } from "./plan";
import type { RuleName } from "./rules/rule";

/** A party or a client with one thing wrong, which the checker has to notice. */
export interface Mutant {
  name: string;
  /** The promise by which it has to be caught; others may be broken with it. */
  breaks: RuleName;
  /** The beginning of what the checker has to say. */
  proof: string;
  patches: readonly Patch[];
  /** What brings it out. */
  faults: readonly Fault[];
  seconds: number;
  /** Who is wrong. */
  side: "party" | "client";
}

interface Patch {
  find: string;
  put: string;
}

/** Long enough for the news of a message to arrive, and for a kill to come back, on a busy machine too. */
const BEFORE_WRITING_MS = 150;
const WRITE = "    await this.storage.write(writes);\n";
const CARRY_OUT = "    await this.carryOut(effects);\n";

/** Lets frames of a type leave before the step that caused them is stored. */
const early = (type: string): Patch[] => [
  {
    find: WRITE,
    put: `    const early = effects.filter(
      (effect) => effect.type === "send" && effect.frames.some(({ type }) => type === "${type}"),
    );
    await this.carryOut(early);
    if (early.length > 0) await new Promise((resolve) => setTimeout(resolve, ${BEFORE_WRITING_MS}));
${WRITE}`,
  },
  {
    find: CARRY_OUT,
    put: "    await this.carryOut(effects.filter((effect) => !early.includes(effect)));\n",
  },
];

const ADA = "ada/brief/1";

export const MUTANTS: readonly Mutant[] = [
  {
    name: "acknowledges before it writes",
    breaks: "no loss",
    proof: "acknowledged and not stored",
    side: "party",
    patches: early("ack"),
    faults: [{ at: 800, kind: "kill", on: "ack" }],
    seconds: 1.5,
  },
  {
    name: "tells everybody before it writes",
    breaks: "no phantom",
    proof: "told and not stored",
    side: "party",
    patches: early("chat.message"),
    faults: [{ at: 800, kind: "kill", on: "recv" }],
    seconds: 1.5,
  },
  {
    name: "stores a repeated id again",
    breaks: "no duplicate",
    proof: "stored more than once",
    side: "party",
    patches: [
      {
        find: "    if (sent) return ack(draft, connection, frame.id, sent.seq, sent.ts);\n",
        put: "",
      },
    ],
    faults: [],
    seconds: 2.5,
  },
  {
    name: "gives who comes back nothing of what was missed",
    breaks: "no hole",
    proof: "the welcome lacks its newest message",
    side: "party",
    patches: [
      {
        find: "? { from: resume.after + 1, to: history.seq }",
        put: "? { from: history.seq + 1, to: history.seq }",
      },
    ],
    faults: [800, 1_600].map((at): Fault => ({ at, kind: "cut", tab: ADA })),
    seconds: 2.5,
  },
  {
    name: "does not look which room a token is for",
    breaks: "authority",
    proof: "welcomed into a room of another token",
    side: "party",
    patches: [
      { find: "  if (claims.room !== room) {\n", put: "  if (room === undefined) {\n" },
      // The object is the address's then, whatever the token says.
      {
        find: "  const object = objectOf(claims, settings);\n",
        put: "  const object = objectOf({ ...claims, room }, settings);\n",
      },
    ],
    faults: [{ at: 500, kind: "misdirect", tab: ADA }],
    seconds: 2,
  },
  {
    name: "delivers whether a lease has ended or not",
    breaks: "authority",
    proof: "heard after the end of the lease",
    side: "party",
    patches: [
      {
        find: "if (kept.id !== except && now < kept.leaseEndsAt) to.push(kept.id);",
        put: "if (kept.id !== except) to.push(kept.id);",
      },
      { find: 'kept.phase === "expired" ? [] : [kept.id],', put: "[kept.id]," },
    ],
    faults: [{ at: 200, kind: "lapse", user: "grace", ms: 5_300 }],
    seconds: 5.5,
  },
  {
    name: "does not close the sockets of a revoked session",
    breaks: "authority",
    proof: "heard after the session was revoked",
    side: "party",
    patches: [{ find: '    draft.close(kept.id, byUser ? 4403 : 4410, "now");\n', put: "" }],
    faults: [{ at: 500, kind: "revoke", user: "grace" }],
    seconds: 2,
  },
  {
    name: "takes a token twice",
    breaks: "authority",
    proof: "one token has opened two sockets",
    side: "party",
    patches: [
      {
        find: '  if (spentKey(pass).some((key) => draft.stored(key))) return { why: "spent" };\n',
        put: "",
      },
    ],
    faults: [{ at: 500, kind: "replay", tab: ADA }],
    seconds: 2,
  },
  {
    name: "tells nobody who has come and who has gone",
    breaks: "presence converges",
    proof: "shows other people",
    side: "party",
    patches: [
      {
        find: "  for (const [id, how] of people) {\n    const shown = draft.people.get(id)?.shown;\n",
        put: `  for (const [id, how] of new Map(people.size < 0 ? people : [])) {
    const shown = draft.people.get(id)?.shown;
`,
      },
    ],
    faults: [{ at: 500, kind: "reload", tab: ADA, gently: true }],
    seconds: 1.5,
  },
  {
    name: "the client forgets what was under way when the line broke",
    breaks: "known outcome",
    proof: "neither stored nor shown as failed",
    side: "client",
    patches: [
      {
        find: "    bucket: { level: burst, at: now },\n",
        put: `    bucket: { level: burst, at: now },
    entries: box.entries.filter(({ id }) => id !== box.flight?.id),
`,
      },
    ],
    faults: [{ at: 800, kind: "kill", on: "recv" }],
    seconds: 1.5,
  },
  {
    name: "the client gives what it sends again another id",
    breaks: "known outcome",
    proof: "neither stored nor shown as failed",
    side: "client",
    patches: [
      {
        find: "    bucket: { level: burst, at: now },\n",
        put: `    bucket: { level: burst, at: now },
    entries: box.entries.map((entry) => ({ ...entry, id: entry.id + "+" })),
`,
      },
    ],
    faults: [{ at: 800, kind: "kill", on: "recv" }],
    seconds: 1.5,
  },
  {
    name: "the client says that it knows more than it does",
    breaks: "no hole",
    proof: "a hole in the page",
    side: "client",
    patches: [
      {
        find: "  epoch === null ? undefined : { epoch, after, ",
        put: "  epoch === null ? undefined : { epoch, after: after + 1, ",
      },
    ],
    faults: [800, 1_600].map((at): Fault => ({ at, kind: "cut", tab: ADA })),
    seconds: 2.5,
  },
];
