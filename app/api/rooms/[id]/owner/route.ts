import { changing } from "@/lib/api/room-route";
import { transferRoom } from "@/lib/api/rooms";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{user}`: the member who owns the room from now on. */
  POST: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    transferRoom(accounts, caller, params.id, given, now),
  ),
});
