import { banPerson, bansIn } from "@/lib/api/bans";
import { changing, telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string };

export const GET = telling<Params>(async ({ accounts, caller, params, now }) => ({
  bans: await bansIn(accounts, caller, params.id, now),
}));

/** `{user, seconds?, reason?}` */
export const POST = changing<Params>(201, ({ accounts, caller, params, given, now }) =>
  banPerson(accounts, caller, params.id, given, now),
);

const refused = notAllowed("GET, HEAD, POST");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as PUT };
