import { openDirect } from "@/lib/api/direct";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{user}` or `{email}`: the room between the two. */
  POST: changing(200, ({ accounts, caller, given, now }) =>
    openDirect(accounts, caller, given, now),
  ),
});
