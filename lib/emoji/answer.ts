import "server-only";

/** Made at build from a package of data: the same for everybody until the next release. */
export const emojiAnswer = (body: unknown): Response =>
  Response.json(body, { headers: { "cache-control": "public, max-age=86400" } });
