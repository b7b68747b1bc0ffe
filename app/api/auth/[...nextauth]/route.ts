import { getAccounts } from "@/lib/accounts/libsql";
import { notAllowed, route } from "@/lib/api/route";
import { handleAuth } from "@/lib/auth/handle-auth";
import { serverEnv } from "@/lib/env/server";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = route(async (request: Request, { params }: Context) =>
  handleAuth(request, (await params).nextauth, {
    accounts: getAccounts(),
    env: serverEnv(),
    now: Date.now(),
  }),
);

export { handler as GET, handler as POST };
const refused = notAllowed("GET, POST");
export { refused as DELETE, refused as HEAD, refused as OPTIONS, refused as PATCH, refused as PUT };
