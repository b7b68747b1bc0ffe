import { acceptInvite, lookAtInvite } from "@/lib/api/invites";
import { changing, telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { code: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Where the link leads. */
  GET: telling<Params>(({ accounts, caller, params, now }) =>
    lookAtInvite(accounts, caller, params.code, now),
  ),
  /** `{}`: takes the invitation up. */
  POST: changing<Params>(200, ({ accounts, caller, params, now }) =>
    acceptInvite(accounts, caller, params.code, now),
  ),
});
