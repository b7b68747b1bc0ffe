import { telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Whom this person does not want to see. */
  GET: telling(async ({ accounts, caller }) => ({
    hidden: await accounts.hidden.list(caller.id),
  })),
});
