import { settleReport } from "@/lib/api/room-log";
import { changing } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

type Params = { id: string; report: string };

/** Somebody has looked at it; `{seq, reason?}`: and deletes the message that it is about. */
export const DELETE = changing<Params>(200, ({ accounts, caller, params, given, now }) =>
  settleReport(accounts, caller, params.id, params.report, given, now),
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
