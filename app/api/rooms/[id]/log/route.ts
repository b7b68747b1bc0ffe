import { logAnswer } from "@/lib/api/room-log";
import { telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** The newest lines; `?format=jsonl` or `csv`: all of it, as a file. */
  GET: telling<Params>(({ accounts, caller, params, query, now }) =>
    logAnswer(accounts, caller, params.id, query, now),
  ),
});
