import { getAccounts } from "@/lib/accounts/libsql";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { isMuted, setMuted } from "@/lib/api/mute";
import { notAllowed, route } from "@/lib/api/route";

type Context = { params: Promise<{ id: string }> };

export const GET = route(async (_request, { params }: Context) => {
  const user = await requireApiUser();
  return answer(200, { muted: await isMuted(getAccounts(), user.id, (await params).id) });
});

const change = (muted: boolean) =>
  route(async (request, { params }: Context) => {
    requireOwnPage(request);
    const user = await requireApiUser();
    await setMuted(getAccounts(), user.id, (await params).id, muted, Date.now());
    return answer(200, { muted });
  });

export const PUT = change(true);
export const DELETE = change(false);

const refused = notAllowed("GET, HEAD, PUT, DELETE");
export { refused as OPTIONS, refused as PATCH, refused as POST };
