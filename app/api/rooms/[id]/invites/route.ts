import { invitesOf, makeInvite } from "@/lib/api/invites";
import { changing, telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

export const GET = telling<Params>(async ({ accounts, caller, params, now }) => ({
  invites: await invitesOf(accounts, caller, params.id, now),
}));

/** `{role?, expiresInSeconds?, maxUses?}`; the code is told here and never again. */
export const POST = changing<Params>(201, ({ accounts, caller, params, given, now }) =>
  makeInvite(accounts, caller, params.id, given, now),
);

const refused = notAllowed("GET, HEAD, POST");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as PUT };
