import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../lib/protocol/values";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

/** Everything that somebody may try who has just lost the right to it. */
const ATTEMPTS = [
  { type: "chat.send", id: "a1", text: "after" },
  { type: "chat.edit", id: "a2", seq: 1, text: "after" },
  { type: "chat.delete", id: "a3", seq: 1 },
  { type: "chat.react", id: "a4", seq: 1, emoji: "🎉", on: true },
  { type: "mod.kick", id: "a5", user: "cy" },
  { type: "mod.ban", id: "a6", user: "cy" },
  { type: "mod.slow", id: "a7", seconds: 9 },
  { type: "mod.clear", id: "a8" },
  { type: "mod.mute", id: "a9", user: "cy" },
  { type: "mod.unmute", id: "a10", user: "cy" },
  { type: "mod.unban", id: "a11", user: "cy" },
  { type: "mod.get", id: "a12", user: "cy" },
] as const;

interface Scene {
  room: string;
  owner: Client;
  /** Two sockets of one moderator, about whom it is. */
  bo: [Client, Client];
  cy: Client;
  /** A token that was minted before and is still good. */
  waiting: string;
}

async function scene(room: string, role: Role): Promise<Scene> {
  const { client: owner } = await party.enter("ada", { room, role: "owner" });
  const { client: cy } = await party.enter("cy", { room });
  const bo = [
    (await party.enter("bo", { room, role })).client,
    (await party.enter("bo", { room, role })).client,
  ] as [Client, Client];
  bo[0].send({ type: "chat.send", id: "before", text: "before" });
  await bo[0].next("ack");
  const waiting = await party.mint("bo", { room, role });
  return { room, owner, bo, cy, waiting };
}

const ask = async (client: Client, frame: { id: string; [field: string]: unknown }) => {
  client.send(frame);
  await client.next("ack", ({ id }) => id === frame.id);
};
const post = async ({ room }: Scene, part: string, body: object) => {
  expect((await party.http("POST", `/parties/main/${room}/${part}`, body)).status).toBe(200);
};

/** The deed, the code that closes the sockets (none: they stay), and what each attempt hears. */
const DEEDS: [
  what: string,
  deed: (scene: Scene) => Promise<void>,
  close: number | null,
  code: string,
][] = [
  ["demoted", (s) => post(s, "members", { user: "bo", role: "reader" }), null, "forbidden"],
  ["muted", (s) => ask(s.owner, { type: "mod.mute", id: "m", user: "bo" }), null, "muted"],
  ["kicked", (s) => ask(s.owner, { type: "mod.kick", id: "k", user: "bo" }), 4423, ""],
  ["banned", (s) => ask(s.owner, { type: "mod.ban", id: "b", user: "bo" }), 4403, ""],
  ["banned by the app", (s) => post(s, "sanctions", { action: "ban", user: "bo" }), 4403, ""],
  ["removed", (s) => post(s, "revoke", { user: "bo", reason: "removed" }), 4403, ""],
  [
    "disabled",
    (s) => post(s, "revoke", { sid: "session-of-bo", reason: "account_disabled" }),
    4410,
    "",
  ],
  ["in an archived room", (s) => post(s, "settings", { archived: true }), null, "forbidden"],
  ["in a deleted room", (s) => post(s, "settings", { gone: true }), 4404, ""],
];

describe("from the very next frame", () => {
  it.each(DEEDS)(
    "somebody %s can do nothing any more, on any socket or with any token",
    async (what, deed, close, code) => {
      // A mute takes the voice alone: somebody who moderates still does, so there it is a member.
      const role = what === "muted" ? "member" : "moderator";
      const about = await scene(`next-${what.replaceAll(" ", "-")}`, role);
      const { room, bo, cy, owner, waiting } = about;
      await deed(about);
      for (const client of bo) {
        for (const frame of ATTEMPTS) client.send(frame);
        client.send({ type: "typing.set", on: true });
        if (close !== null) {
          expect((await client.closed).code).toBe(close);
          continue;
        }
        for (const { id, type } of ATTEMPTS) {
          const refused = await client.next("error", (error) => error.id === id);
          expect(refused.code).toBe(type.startsWith("chat.") ? code : "forbidden");
        }
      }
      const late = party.dial(waiting, room);
      if (close === null) {
        expect((await late.next("welcome")).role).toBe(what === "muted" ? "member" : "reader");
      } else {
        expect((await late.closed).code).toBe(close);
        expect(late.of("welcome")).toEqual([]);
      }
      if (what === "in a deleted room") {
        for (const client of [cy, owner]) expect((await client.closed).code).toBe(4404);
        return;
      }
      await cy.caughtUp();
      expect(cy.of("chat.message").map(({ text }) => text)).toEqual(["before"]);
      for (const type of ["chat.updated", "chat.deleted", "chat.reactions"] as const) {
        expect(cy.of(type)).toEqual([]);
      }
      expect(cy.of("history")).toEqual([]);
      expect(cy.of("typing").flatMap(({ users }) => users)).toEqual([]);
      const { body } = await party.http("GET", `/parties/main/${room}/messages`);
      expect(body.messages).toMatchObject([{ seq: 1, text: "before" }]);
      expect(body.messages[0]).not.toHaveProperty("reactions");
    },
  );
});
