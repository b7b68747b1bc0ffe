import { telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

/** Whom this person does not want to see. */
export const GET = telling(async ({ accounts, caller }) => ({
  hidden: await accounts.hidden.list(caller.id),
}));

const refused = notAllowed("GET, HEAD");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as POST, refused as PUT };
