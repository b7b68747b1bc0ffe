import { connection } from "next/server";
import { metricsAnswer } from "@/lib/api/metrics";
import { methods, route } from "@/lib/api/route";
import { serverEnv } from "@/lib/env/server";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(async (request) => {
    await connection();
    return metricsAnswer(request.headers, serverEnv().metricsToken);
  }),
});
