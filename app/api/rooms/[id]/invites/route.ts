import { invitesOf, makeInvite } from "@/lib/api/invites";
import { changing, telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: telling<Params>(async ({ accounts, caller, params, now }) => ({
    invites: await invitesOf(accounts, caller, params.id, now),
  })),
  /** `{role?, expiresInSeconds?, maxUses?}`; the code is told here and never again. */
  POST: changing<Params>(201, ({ accounts, caller, params, given, now }) =>
    makeInvite(accounts, caller, params.id, given, now),
  ),
});
