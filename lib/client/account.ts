import * as v from "valibot";
import { tellTabs } from "./account-channel";
import { errorOf, type Fields, postAuth, refusal, send, urlOf } from "./account-http";
import { noteDeparture, takeNote } from "./provider-return";

/**
 * The account routes for the page. Nothing here rejects; a silent or confused server is `unavailable`.
 */

export type SignInResult =
  | { ok: true }
  | {
      ok: false;
      code: "invalid_credentials" | "throttled" | "unavailable";
      retryAfterSeconds?: number;
    };

export type SignUpResult =
  | { ok: true }
  | {
      ok: false;
      code: "bad_request" | "email_taken" | "rate_limited" | "unavailable";
      fields?: Fields<"name" | "email" | "password">;
      retryAfterSeconds?: number;
    };

export type CreateRoomResult =
  | { ok: true; id: string }
  | {
      ok: false;
      code: "bad_request" | "conflict" | "rate_limited" | "signed_out" | "unavailable";
      fields?: Fields<"id" | "name" | "topic">;
      retryAfterSeconds?: number;
    };

const SessionListing = v.object({
  id: v.string(),
  device: v.string(),
  /** Milliseconds since the Unix epoch. */
  createdAt: v.number(),
  lastSeenAt: v.number(),
  expiresAt: v.number(),
  current: v.boolean(),
});
export type SessionListing = v.InferOutput<typeof SessionListing>;

const RoomListing = v.object({
  id: v.string(),
  name: v.string(),
  topic: v.nullable(v.string()),
  visibility: v.picklist(["public", "private", "invite"]),
  archived: v.boolean(),
  direct: v.boolean(),
  other: v.nullable(v.object({ id: v.string(), picture: v.nullable(v.string()) })),
  role: v.picklist(["reader", "member", "moderator", "owner"]),
  muted: v.boolean(),
  people: v.nullable(v.number()),
  unread: v.nullable(v.number()),
  mentions: v.nullable(v.number()),
});

type Failure = { ok: false; code: "signed_out" | "not_found" | "rate_limited" | "unavailable" };

/** Signs in with email and password; the session cookie is set by the answer. */
export async function signIn(given: { email: string; password: string }): Promise<SignInResult> {
  const answer = await postAuth("callback/credentials", given);
  if (!answer) return { ok: false, code: "unavailable" };
  if (answer.status === 401) return { ok: false, code: "invalid_credentials" };
  if (answer.status === 429) {
    return { ok: false, code: "throttled", retryAfterSeconds: answer.retryAfterSeconds };
  }
  if (answer.status !== 200 || errorOf(answer.body)) return { ok: false, code: "unavailable" };
  takeNote();
  tellTabs("signed_in");
  return { ok: true };
}

/** Leaves the page for a provider's sign-in. Resolves to false where that could not start. */
export async function signInWith(
  provider: "github" | "google",
  callbackUrl: string,
): Promise<boolean> {
  const answer = await postAuth(`signin/${provider}`, { callbackUrl });
  const url = answer?.status === 200 ? urlOf(answer.body) : null;
  if (!url || errorOf(answer?.body)) return false;
  noteDeparture();
  window.location.assign(url);
  return true;
}

/** Makes an account; does not sign in. `fields` holds a sentence for each wrong field. */
export async function signUp(given: {
  name: string;
  email: string;
  password: string;
}): Promise<SignUpResult> {
  const answer = await send("POST", "/api/sign-up", given);
  if (answer?.status === 201) return { ok: true };
  return refusal(
    answer,
    ["bad_request", "email_taken", "rate_limited"],
    ["name", "email", "password"],
  );
}

/** Ends this login session, in the database and in every room. */
export async function signOut(): Promise<{ ok: boolean }> {
  const answer = await postAuth("signout", {});
  const ok = answer?.status === 200 && !urlOf(answer.body)?.includes("csrf=true");
  if (ok) tellTabs("signed_out");
  return { ok };
}

export async function createRoom(given: {
  id: string;
  name: string;
  topic?: string;
  visibility: "public" | "private" | "invite";
}): Promise<CreateRoomResult> {
  const answer = await send("POST", "/api/rooms", given);
  if (answer?.status === 201) return { ok: true, id: given.id };
  return refusal(
    answer,
    ["bad_request", "conflict", "rate_limited", "signed_out"],
    ["id", "name", "topic"],
  );
}

const Rooms = v.object({
  rooms: v.array(RoomListing),
  /** Seen by everybody, entered by invitation. */
  byInvitation: v.array(
    v.object({ id: v.string(), name: v.string(), topic: v.nullable(v.string()) }),
  ),
});
export type RoomsResult = ({ ok: true } & v.InferOutput<typeof Rooms>) | Failure;

export async function listRooms(): Promise<RoomsResult> {
  const answer = await send("GET", "/api/rooms");
  const parsed = v.safeParse(Rooms, answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, ...parsed.output };
  return refusal(answer, ["signed_out"], []);
}

export type SessionsResult = { ok: true; sessions: SessionListing[] } | Failure;

/** This person's living login sessions, the most recently used first. */
export async function listSessions(): Promise<SessionsResult> {
  const answer = await send("GET", "/api/sessions");
  const parsed = v.safeParse(v.object({ sessions: v.array(SessionListing) }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, ...parsed.output };
  return refusal(answer, ["signed_out"], []);
}

export const endSession = (sid: string): Promise<{ ok: true } | Failure> =>
  end(`/api/sessions/${encodeURIComponent(sid)}`);

/** Ends every login session of this person but the one that asks. */
export const endOtherSessions = (): Promise<{ ok: true } | Failure> => end("/api/sessions");

async function end(path: string): Promise<{ ok: true } | Failure> {
  const answer = await send("DELETE", path);
  if (answer?.status === 200) return { ok: true };
  return refusal(answer, ["signed_out", "not_found"], []);
}
