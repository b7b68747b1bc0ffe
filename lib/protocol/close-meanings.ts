import type { CloseCode } from "./codes";

/** What each close code means, for the table in the docs; no page needs it. */
export const CLOSE_MEANINGS: Record<CloseCode, string> = {
  1000: "left on purpose",
  1001: "the server or the page is going away",
  1006: "the line was cut",
  1011: "the server met an unexpected condition",
  1003: "a binary frame was sent",
  1009: "a frame over the size limit was sent",
  1012: "the party restarts",
  1013: "the room is full or overloaded",
  4400: "frames or address were not understood, repeatedly",
  4401: "the token was expired on arrival, or three refreshes in a row were refused",
  4403: "no right to be in this room, or banned",
  4404: "the room does not exist",
  4406: "the page is older than the party: reload",
  4408: "the grace ended without a refresh, or the connection did not keep up",
  4409: "the token was used before",
  4410: "the login session was ended",
  4411: "too many connections of one person: the oldest gave way",
  4413: "the connection asked too much for too long",
  4423: "removed by a moderator until a time",
  4429: "too many frames: wait `retryAfterMs`",
  4503: "the party drains",
};
