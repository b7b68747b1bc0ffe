import { connection } from "next/server";
import { metricsAnswer } from "@/lib/api/metrics";
import { notAllowed, route } from "@/lib/api/route";
import { serverEnv } from "@/lib/env/server";

export const GET = route(async (request) => {
  await connection();
  return metricsAnswer(request.headers, serverEnv().metricsToken);
});

const refused = notAllowed("GET, HEAD");
export { refused as DELETE, refused as OPTIONS, refused as PATCH, refused as POST, refused as PUT };
