import { settleReport } from "@/lib/api/room-log";
import { changing } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string; report: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Somebody has looked at it; `{seq, reason?}`: and deletes the message that it is about. */
  DELETE: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    settleReport(accounts, caller, params.id, params.report, given, now),
  ),
});
