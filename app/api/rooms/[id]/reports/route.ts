import { reportsIn } from "@/lib/api/room-log";
import { telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

export const GET = telling<Params>(({ accounts, caller, params, query, now }) =>
  reportsIn(accounts, caller, params.id, query, now),
);

const refused = notAllowed("GET, HEAD");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as POST, refused as PUT };
