import { openDirect } from "@/lib/api/direct";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

/** `{user}` or `{email}`: the room between the two. */
export const POST = changing(200, ({ accounts, caller, given, now }) =>
  openDirect(accounts, caller, given, now),
);

const refused = notAllowed("POST");
export {
  refused as DELETE,
  refused as GET,
  refused as HEAD,
  refused as OPTIONS,
  refused as PATCH,
  refused as PUT,
};
