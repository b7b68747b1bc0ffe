import { ROOM_ID_PATTERN } from "../protocol";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const PRIVATE =
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[a-z0-9-]+\.local)$/;

/**
 * Plain WebSockets only where no foreign wire is crossed: to this machine, or between private
 * addresses by a page that came over plain http itself. partysocket would guess otherwise.
 */
export function socketScheme(
  partyHost: string,
  page: { protocol: string; hostname: string },
): "ws" | "wss" {
  const name = partyHost.toLowerCase().replace(/:\d+$/, "");
  if (LOOPBACK.test(name)) return "ws";
  const isPlainLan =
    page.protocol === "http:" && PRIVATE.test(name) && PRIVATE.test(page.hostname.toLowerCase());
  return isPlainLan ? "ws" : "wss";
}

/** partysocket writes the room into the path as it is, so `../../x?token=…` would go where it says. */
export function assertRoomId(room: string): void {
  if (!ROOM_ID_PATTERN.test(room)) throw new TypeError("not a room id");
}
