import { changing } from "@/lib/api/room-route";
import { clearRoom } from "@/lib/api/rooms";
import { methods } from "@/lib/api/route";

type Params = { id: string };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Clears what was said. */
  DELETE: changing<Params>(200, ({ accounts, caller, params, given, now }) =>
    clearRoom(accounts, caller, params.id, given, now),
  ),
});
