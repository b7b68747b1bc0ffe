import "server-only";
import NextAuth, { type AuthOptions } from "next-auth";
import { API_POLICY } from "../api/errors";

/** What NextAuth is asked: the parts of a request, already checked and cleaned. */
export interface NextAuthCall {
  method: string;
  action: string[];
  query: Record<string, string>;
  headers: Record<string, string>;
  cookies: Record<string, string>;
  body: Record<string, string> | undefined;
}

/**
 * Calls NextAuth through its "pages" signature with plain objects. Its "route handler" signature
 * reads the request's own cookies behind our back: a junk `callback-url` cookie would be a 500 that
 * nobody could take away, and no unit test could run it.
 */
export async function callNextAuth(call: NextAuthCall, options: AuthOptions): Promise<Response> {
  const reply = new Reply();
  const request = { ...call, query: { ...call.query, nextauth: call.action } };
  await (NextAuth as unknown as (req: unknown, res: Reply, options: AuthOptions) => Promise<void>)(
    request,
    reply,
    options,
  );
  return reply.toResponse();
}

/** The few methods of Next's `NextApiResponse` that NextAuth uses. */
class Reply {
  #status = 200;
  #headers = new Map<string, string | string[]>();
  #body: string | null = null;

  status(status: number): this {
    this.#status = status;
    return this;
  }
  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }
  json(body: unknown): void {
    this.setHeader("content-type", "application/json");
    this.#body = JSON.stringify(body);
  }
  send(body: unknown): void {
    if (typeof body === "string") this.#body = body;
    else if (body !== undefined) this.json(body);
  }
  end(): void {
    this.#body = null;
  }

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of this.#headers) {
      for (const one of [value].flat()) headers.append(name, one);
    }
    headers.set("cache-control", "no-store");
    headers.set("content-security-policy", API_POLICY);
    return new Response(this.#body, { status: this.#status, headers });
  }
}
