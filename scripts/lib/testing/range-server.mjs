import { createHash } from "node:crypto";
import { createServer } from "node:http";

const HEX = "0123456789ABCDEF";
/** 35 hexadecimal digits that are the end of no password's digest but by a chance of nobody's. */
const filler = (seed) =>
  Array.from({ length: 35 }, (_, i) => HEX[(seed * 7 + i * i * 3 + i) % 16]).join("");

export const digestOf = (password) =>
  createHash("sha1").update(password).digest("hex").toUpperCase();

/** A range as Have I Been Pwned writes one: other suffixes, those of `passwords`, padding. */
export function rangeOf(prefix, passwords, times = 3) {
  const own = passwords
    .map(digestOf)
    .filter((digest) => digest.startsWith(prefix))
    .map((digest) => `${digest.slice(5)}:${times}`);
  const others = Array.from({ length: 900 }, (_, i) => `${filler(i)}:${i % 9 ? i : 0}`);
  return [...others.slice(0, 400), ...own, ...others.slice(400)].join("\r\n");
}

/**
 * A list of breached passwords on this machine. `asked` holds each request, and everything it said.
 * @param {(prefix: string, response: import("node:http").ServerResponse) => void} answer
 */
export async function rangeServer(answer) {
  /** @type {{path: string, headers: Record<string, unknown>, body: string}[]} */
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push({ path: request.url ?? "", headers: request.headers, body });
    answer((request.url ?? "").replace("/range/", ""), response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/range`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
