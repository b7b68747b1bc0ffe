import type { ServerFrameOf } from "../../protocol";

/** A welcome as an empty room gives it, with what a test wants otherwise. */
export const welcomeFrame = (
  fields: Partial<ServerFrameOf<"welcome">> = {},
): ServerFrameOf<"welcome"> => ({
  type: "welcome",
  protocol: 1,
  connection: "c1",
  user: { id: "ada", name: "Ada" },
  role: "member",
  room: { id: "general" },
  epoch: "e1",
  seq: 0,
  recovered: false,
  leaseMs: 300_000,
  refreshInMs: 240_000,
  graceMs: 25_000,
  serverTime: 0,
  limits: {
    textCharacters: 4_000,
    frameBytes: 16_384,
    messagesPerSecond: 10,
    messagesBurst: 20,
    messagesPerMinute: 600,
    historyPage: 50,
  },
  presence: [],
  messages: [],
  readSeq: 0,
  ...fields,
});
