import { changing } from "@/lib/api/room-route";
import { transferRoom } from "@/lib/api/rooms";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

/** `{user}`: the member who owns the room from now on. */
export const POST = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  transferRoom(accounts, caller, params.id, given, now),
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
