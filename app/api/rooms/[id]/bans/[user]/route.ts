import { unbanPerson } from "@/lib/api/bans";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string; user: string };

export const DELETE = changing<Params>(200, ({ accounts, caller, params, now }) =>
  unbanPerson(accounts, caller, params.id, params.user, now),
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
