import { getAccounts } from "@/lib/accounts/libsql";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { addMember } from "@/lib/api/members";
import { notAllowed, route } from "@/lib/api/route";

type Context = { params: Promise<{ id: string }> };

export const POST = route(async (request, { params }: Context) => {
  requireOwnPage(request);
  const given = await readJson(request);
  const user = await requireApiUser();
  const { id } = await params;
  return answer(201, await addMember(getAccounts(), user.id, id, given, Date.now()));
});

const refused = notAllowed("POST");
export { refused as DELETE, refused as GET, refused as HEAD, refused as OPTIONS };
export { refused as PATCH, refused as PUT };
