import "server-only";
import { inTime } from "../api/in-time";
import { serverEnv } from "../env/server";
import { currentRequest } from "../observe/current-request";
import { REQUEST_ID_HEADER } from "../observe/request-id";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { serverToken } from "../token/mint";

/**
 * One call of the party's HTTP interface about one room, with a fresh server token in the header.
 * Never rejects: null where the party is silent, slow or refuses. The URL carries no secret.
 */
export async function callParty(room: string, path: string, call: Call): Promise<unknown> {
  if (!ROOM_ID_PATTERN.test(room)) return null;
  return inTime(answerOf(room, path, call), call.timeoutMs, null);
}

interface Call {
  timeoutMs: number;
  method?: string;
  body?: unknown;
}

async function answerOf(
  room: string,
  path: string,
  { timeoutMs, method = "GET", body }: Call,
): Promise<unknown> {
  try {
    const response = await fetch(`${serverEnv().party.http}/parties/main/${room}${path}`, {
      method,
      cache: "no-store",
      // A redirect would carry the token elsewhere.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${await serverToken(room)}`,
        ...requestIdHeader(),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return null;
    }
    return response.status === 204 ? {} : await response.json();
  } catch {
    return null;
  }
}

/** So that what one request caused can be followed in both logs. */
function requestIdHeader(): Record<string, string> {
  const { request } = currentRequest();
  return request === undefined ? {} : { [REQUEST_ID_HEADER]: request };
}

/** Whether the party answers its health check. */
export async function partyIsUp(timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(`${serverEnv().party.http}/health`, {
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
