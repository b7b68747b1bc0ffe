import { changing } from "@/lib/api/room-route";
import { changeRoom, deleteRoom } from "@/lib/api/rooms";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

/** `{name?, topic?, visibility?, archived?, slowSeconds?, retentionDays?, reason?}` */
export const PATCH = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  changeRoom(accounts, caller, params.id, given, now),
);

/** `{confirm}`: the room's id. */
export const DELETE = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  deleteRoom(accounts, caller, params.id, given, now),
);

const refused = notAllowed("DELETE, PATCH");
export { refused as GET, refused as HEAD, refused as OPTIONS, refused as POST, refused as PUT };
