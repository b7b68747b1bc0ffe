import { Refusal } from "./errors";

/** No JSON that our routes take is longer than this. */
export const MAX_BODY_BYTES = 16 * 1024;

/**
 * The body as text, never more than the limit in memory.
 * @throws Refusal `too_large`, or `bad_request` for bytes that are no UTF-8
 */
export async function readText(request: Request, limitBytes = MAX_BODY_BYTES): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  const bytes = declared > limitBytes ? null : await bytesOf(request.body, limitBytes);
  if (!bytes) throw new Refusal("too_large");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("bad_request");
  }
}

/** What a body holds, never more than the limit in memory; null where it is longer, and given up. */
export async function bytesOf(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  const reader = body?.getReader();
  for (let size = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limitBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/**
 * The body as a JSON object.
 * @throws Refusal `unsupported_media_type`, `too_large`, `bad_request`, in this order
 */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // A form of another site can send text/plain without asking; application/json it cannot.
  if (type !== "application/json") throw new Refusal("unsupported_media_type");
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("bad_request");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal("bad_request");
  }
  return value as Record<string, unknown>;
}
