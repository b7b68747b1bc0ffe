import { changing } from "@/lib/api/room-route";
import { clearRoom } from "@/lib/api/rooms";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

/** Clears what was said. */
export const DELETE = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  clearRoom(accounts, caller, params.id, given, now),
);

const refused = notAllowed("DELETE");
export {
  refused as GET,
  refused as HEAD,
  refused as OPTIONS,
  refused as PATCH,
  refused as POST,
  refused as PUT,
};
