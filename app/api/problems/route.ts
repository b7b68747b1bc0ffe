import { readJson } from "@/lib/api/body";
import { requireOwnPage } from "@/lib/api/guard";
import { reportFromBrowser } from "@/lib/api/problems";
import { methods, route } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Where the error page of a browser says that it was shown. */
  POST: route(async (request) => {
    requireOwnPage(request);
    reportFromBrowser(await readJson(request), Date.now());
    return new Response(null, { status: 204 });
  }),
});
