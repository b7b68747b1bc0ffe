import { changeMember, removeMember } from "@/lib/api/members";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string; user: string };

/** `{role}` */
export const PATCH = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  changeMember(accounts, caller, params.id, params.user, given, now),
);

export const DELETE = changing<Params>(200, ({ accounts, caller, params, now }) =>
  removeMember(accounts, caller, params.id, params.user, now),
);

const refused = notAllowed("DELETE, PATCH");
export { refused as GET, refused as HEAD, refused as OPTIONS, refused as POST, refused as PUT };
