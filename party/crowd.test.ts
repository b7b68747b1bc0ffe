import { expect, it, vi } from "vitest";
import type { ServerFrame } from "../lib/protocol/server-frames";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Connection } from "./engine";
import { Room } from "./room";
import { createMemoryEngine } from "./testing/memory-engine";

const PEOPLE = 120;
/** The first, who has a turn alone, and of the others what a portion of long welcomes may be. */
const BEFORE_OPEN = 1 + 50;

const disk = createMemoryEngine({
  PARTY_TOKEN_JWKS: JSON.stringify(makeTokenKeys().keySet),
  APP_ORIGINS: "http://localhost:3000",
});

const passOf = (user: string) => ({
  ...{ user: { id: user, name: user }, sid: `session-${user}`, room: "general" },
  ...{ role: "member" as const, jti: `token-${user}`, issuedAt: Date.now() },
  ...{ presentableUntil: Date.now() + 60_000, leaseMs: 3_600_000 },
  sessionEndsAt: Date.now() + 86_400_000,
});

it("a crowd that comes at once has its sockets opened before most of it is welcomed", async () => {
  const room = new Room(disk.engine);
  const wasOpen: boolean[] = [];
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, at) => {
      const { connection: engines } = disk.open(`socket-${at}`);
      let isOpen = false;
      const send = (text: string) => {
        const frames = [JSON.parse(text) as ServerFrame].flat();
        if (frames.some(({ type }) => type === "welcome")) wasOpen.push(isOpen);
      };
      const connection: Connection = { ...engines, send };
      await room.onConnect(connection, { room: "general", pass: passOf(`person-${at}`) });
      isOpen = true;
    }),
  );
  await vi.waitFor(() => expect(wasOpen).toHaveLength(PEOPLE));
  expect(wasOpen.filter((was) => !was).length).toBeLessThanOrEqual(BEFORE_OPEN);
});
