import { partyOrigins, ROOM_ID_PATTERN } from "../protocol";

/** Plain WebSockets only on this machine, by the same rule as the page's policy. */
export const socketScheme = (partyHost: string): "ws" | "wss" =>
  partyOrigins(partyHost)?.ws.startsWith("ws:") ? "ws" : "wss";

/** The room goes into the path as it is, so `../../x?token=…` would go where it says. */
export function assertRoomId(room: string): void {
  if (!ROOM_ID_PATTERN.test(room)) throw new TypeError("not a room id");
}
