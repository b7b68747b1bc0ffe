import { unbanPerson } from "@/lib/api/bans";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string; user: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: changing<Params>(200, ({ accounts, caller, params, now }) =>
    unbanPerson(accounts, caller, params.id, params.user, now),
  ),
});
