import { peoplePage } from "@/lib/api/admin";
import { telling } from "@/lib/api/room-route";
import { methods } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `?search=&after=&limit=`, admins only. */
  GET: telling(({ accounts, caller, query, now }) => peoplePage(accounts, caller, query, now)),
});
