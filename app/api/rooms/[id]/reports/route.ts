import { reportsIn } from "@/lib/api/room-log";
import { telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: telling<Params>(({ accounts, caller, params, query, now }) =>
    reportsIn(accounts, caller, params.id, query, now),
  ),
});
