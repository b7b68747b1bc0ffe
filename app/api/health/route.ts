import { connection } from "next/server";
import { getAccounts } from "@/lib/accounts/libsql";
import { answer } from "@/lib/api/errors";
import { methods, route } from "@/lib/api/route";
import { partyIsUp } from "@/lib/party-api/request";

const PARTY_TIMEOUT_MS = 1_500;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** A write and a read in the database, a call to the party; 503 where either fails. */
  GET: route(async () => {
    await connection();
    const [database, party] = await Promise.all([
      getAccounts()
        .check(Date.now())
        .then(
          () => true,
          () => false,
        ),
      partyIsUp(PARTY_TIMEOUT_MS),
    ]);
    const ok = database && party;
    return answer(ok ? 200 : 503, { ok, database, party });
  }),
});
