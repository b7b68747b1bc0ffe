import { readJson } from "@/lib/api/body";
import { requireOwnPage } from "@/lib/api/guard";
import { reportFromBrowser } from "@/lib/api/problems";
import { notAllowed, route } from "@/lib/api/route";

/** Where the error page of a browser says that it was shown. */
export const POST = route(async (request) => {
  requireOwnPage(request);
  reportFromBrowser(await readJson(request), Date.now());
  return new Response(null, { status: 204 });
});

const refused = notAllowed("POST");
export { refused as DELETE, refused as GET, refused as HEAD, refused as OPTIONS };
export { refused as PATCH, refused as PUT };
