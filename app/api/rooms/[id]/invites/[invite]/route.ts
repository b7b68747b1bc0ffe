import { revokeInvite } from "@/lib/api/invites";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string; invite: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: changing<Params>(200, ({ accounts, caller, params, now }) =>
    revokeInvite(accounts, caller, params.id, params.invite, now),
  ),
});
