import { addMember } from "@/lib/api/members";
import { changing, telling } from "@/lib/api/room-route";
import { membersOf } from "@/lib/api/rooms";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: telling<Params>(({ accounts, caller, params, now }) =>
    membersOf(accounts, caller, params.id, now),
  ),
  POST: changing<Params>(201, ({ accounts, caller, params, given, now }) =>
    addMember(accounts, caller, params.id, given, now),
  ),
});
