import { addMember } from "@/lib/api/members";
import { changing, telling } from "@/lib/api/room-route";
import { membersOf } from "@/lib/api/rooms";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

export const GET = telling<Params>(({ accounts, caller, params, now }) =>
  membersOf(accounts, caller, params.id, now),
);

export const POST = changing<Params>(201, ({ accounts, caller, params, given, now }) =>
  addMember(accounts, caller, params.id, given, now),
);

const refused = notAllowed("GET, HEAD, POST");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as PUT };
