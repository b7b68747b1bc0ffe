import { peoplePage } from "@/lib/api/admin";
import { telling } from "@/lib/api/room-route";
import { notAllowed } from "@/lib/api/route";

/** `?search=&after=&limit=`, admins only. */
export const GET = telling(({ accounts, caller, query, now }) =>
  peoplePage(accounts, caller, query, now),
);

const refused = notAllowed("GET, HEAD");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as POST, refused as PUT };
