import { getAccounts } from "@/lib/accounts/libsql";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { removeMember } from "@/lib/api/members";
import { notAllowed, route } from "@/lib/api/route";

type Context = { params: Promise<{ id: string; user: string }> };

export const DELETE = route(async (request, { params }: Context) => {
  requireOwnPage(request);
  const caller = await requireApiUser();
  const { id, user } = await params;
  await removeMember(getAccounts(), caller.id, id, user);
  return answer(200, { ok: true });
});

const refused = notAllowed("DELETE");
export { refused as GET, refused as HEAD, refused as OPTIONS, refused as PATCH };
export { refused as POST, refused as PUT };
