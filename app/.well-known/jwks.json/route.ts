import { connection } from "next/server";
import { API_POLICY } from "@/lib/api/errors";
import { methods, route } from "@/lib/api/route";
import { publicKeySet } from "@/lib/token/mint";

/** RFC 7517. A party may ask here for a key that it does not know yet: no cache in between answers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(async () => {
    // The keys are the running process's, not the build's.
    await connection();
    return Response.json(publicKeySet(), {
      headers: {
        "cache-control": "no-cache",
        "content-security-policy": API_POLICY,
        "content-type": "application/jwk-set+json",
      },
    });
  }),
});
