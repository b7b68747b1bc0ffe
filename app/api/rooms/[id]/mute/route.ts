import { getAccounts } from "@/lib/accounts/libsql";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { isMuted, setMuted } from "@/lib/api/mute";
import { methods, route } from "@/lib/api/route";

type Context = { params: Promise<{ id: string }> };

const change = (muted: boolean) =>
  route(async (request, { params }: Context) => {
    requireOwnPage(request);
    const user = await requireApiUser();
    await setMuted(getAccounts(), user.id, (await params).id, muted, Date.now());
    return answer(200, { muted });
  });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(async (_request, { params }: Context) => {
    const user = await requireApiUser();
    return answer(200, { muted: await isMuted(getAccounts(), user.id, (await params).id) });
  }),
  PUT: change(true),
  DELETE: change(false),
});
