import { hide } from "@/lib/api/direct";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { user: string };

/** `{}` */
export const PUT = changing<Params>(200, ({ accounts, caller, params, now }) =>
  hide(accounts, caller, params.user, true, now),
);

export const DELETE = changing<Params>(200, ({ accounts, caller, params, now }) =>
  hide(accounts, caller, params.user, false, now),
);

const refused = notAllowed("DELETE, PUT");
export { refused as GET, refused as HEAD, refused as OPTIONS, refused as PATCH, refused as POST };
