import { revokeInvite } from "@/lib/api/invites";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string; invite: string };

export const DELETE = changing<Params>(200, ({ accounts, caller, params, now }) =>
  revokeInvite(accounts, caller, params.id, params.invite, now),
);

const refused = notAllowed("DELETE");
export {
  refused as GET,
  refused as HEAD,
  refused as OPTIONS,
  refused as PATCH,
  refused as POST,
  refused as PUT,
};
