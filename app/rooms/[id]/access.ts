import "server-only";
import { cache } from "react";
import { forbidden, notFound } from "next/navigation";
import { requireUser } from "@/lib/auth/session";
import { getAccounts } from "@/lib/accounts/libsql";
import { ROOM_ID_PATTERN } from "@/lib/protocol/limits";

/**
 * The person and the room of this request, or the page that says why not: sign-in, 404, 403.
 * Once per request, for layout, metadata and page alike; each of them asks.
 */
export const enterRoom = cache(async (id: string) => {
  const known = ROOM_ID_PATTERN.test(id);
  const user = await requireUser(known ? `/rooms/${id}` : "/rooms");
  if (!known) notFound();
  const access = await getAccounts().rooms.access(user.id, id, Date.now());
  if (access === "not_found") notFound();
  if (access === "forbidden" || "ban" in access) forbidden();
  return { user, ...access };
});
