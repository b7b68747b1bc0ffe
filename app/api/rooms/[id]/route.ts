import { changing } from "@/lib/api/room-route";
import { changeRoom, deleteRoom } from "@/lib/api/rooms";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{name?, topic?, visibility?, archived?, slowSeconds?, retentionDays?, reason?}` */
  PATCH: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    changeRoom(accounts, caller, params.id, given, now),
  ),
  /** `{confirm}`: the room's id. */
  DELETE: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    deleteRoom(accounts, caller, params.id, given, now),
  ),
});
