import { changeMember, removeMember } from "@/lib/api/members";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string; user: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{role}` */
  PATCH: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    changeMember(accounts, caller, params.id, params.user, given, now),
  ),
  DELETE: changing<Params>(200, ({ accounts, caller, params, now }) =>
    removeMember(accounts, caller, params.id, params.user, now),
  ),
});
