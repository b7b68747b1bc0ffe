import { hide } from "@/lib/api/direct";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { user: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{}` */
  PUT: changing<Params>(200, ({ accounts, caller, params, now }) =>
    hide(accounts, caller, params.user, true, now),
  ),
  DELETE: changing<Params>(200, ({ accounts, caller, params, now }) =>
    hide(accounts, caller, params.user, false, now),
  ),
});
