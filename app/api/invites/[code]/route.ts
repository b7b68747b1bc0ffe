import { acceptInvite, lookAtInvite } from "@/lib/api/invites";
import { changing, telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { code: string };

/** Where the link leads. */
export const GET = telling<Params>(({ accounts, caller, params, now }) =>
  lookAtInvite(accounts, caller, params.code, now),
);

/** `{}`: takes the invitation up. */
export const POST = changing<Params>(200, ({ accounts, caller, params, now }) =>
  acceptInvite(accounts, caller, params.code, now),
);

const refused = notAllowed("GET, HEAD, POST");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as PUT };
