import { banPerson, bansIn } from "@/lib/api/bans";
import { changing, telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: telling<Params>(async ({ accounts, caller, params, now }) => ({
    bans: await bansIn(accounts, caller, params.id, now),
  })),
  /** `{user, seconds?, reason?}` */
  POST: changing<Params>(201, ({ accounts, caller, params, given, now }) =>
    banPerson(accounts, caller, params.id, given, now),
  ),
});
