import "server-only";
import * as v from "valibot";
import { getAccounts } from "../accounts/libsql";
import type { RoomAccess, Visibility } from "../accounts/port";
import { serverEnv } from "../env/server";
import { MAX_HIDDEN_ASKED } from "../protocol/limits";
import { Epoch, type Role, RoomSettings, Seq } from "../protocol/values";
import { callParty } from "./request";
import { createSummaries, type Viewer } from "./summaries";

/** The list of rooms does not wait longer for the party than this; the rest shows without counts. */
const LIST_TIMEOUT_MS = 1_500;
const PARALLEL_SUMMARIES = 16;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const RoomSummary = v.object({
  people: Count,
  connections: Count,
  epoch: Epoch,
  seq: Seq,
  /** How far the person asked about has read, and their mentions after that. */
  readSeq: v.optional(Seq),
  mentions: v.optional(Count),
  /** How many of the newest messages after that are of people whom this person hides. */
  unreadHidden: v.optional(Count),
  ...RoomSettings,
});
export type RoomSummary = v.InferOutput<typeof RoomSummary>;

export interface RoomListing {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
  /** It can be read, and nothing else. */
  archived: boolean;
  /** Between two people, and called by the other one's name. */
  direct: boolean;
  other: { id: string; picture: string | null } | null;
  role: Role;
  /** This person does not want to be called to it. */
  muted: boolean;
  /** People in the room now; null where the party did not answer. */
  people: number | null;
  /**
   * Messages after the last one read, but for those of hidden people among the newest hundred; null
   * where the party did not answer.
   */
  unread: number | null;
  /** Those of them that mention this person, up to `MAX_MARKS`; null where the party did not say. */
  mentions: number | null;
}

/** What the party says about a room, from one person's view or nobody's; null on any failure. */
export async function roomSummary(
  room: string,
  viewer: Viewer | undefined,
  timeoutMs = LIST_TIMEOUT_MS,
): Promise<RoomSummary | null> {
  const hide = viewer?.hide?.join(",");
  const asked = new URLSearchParams({
    ...(viewer && { user: viewer.user }),
    ...(hide && { hide }),
  });
  const query = viewer ? `?${asked.toString()}` : "";
  const parsed = v.safeParse(RoomSummary, await callParty(room, query, { timeoutMs }));
  return parsed.success ? parsed.output : null;
}

const clock = () => performance.now();
const newSummaries = () => createSummaries(roomSummary, clock);
// Kept on the process: hot reload and each route's own bundle evaluate this file again.
const shared = globalThis as { guestlistSummaries?: ReturnType<typeof newSummaries> };

/** A room that everybody sees and only members enter. */
export interface ByInvitation {
  id: string;
  name: string;
  topic: string | null;
}

/** The rooms this person sees and may not enter, by name. @throws AccountsUnavailable */
export async function roomsByInvitation(userId: string): Promise<ByInvitation[]> {
  const listed = await getAccounts().rooms.listedFor(userId);
  return listed
    .filter(({ archived }) => !archived)
    .map(({ id, name, topic }) => ({ id, name, topic }));
}

/**
 * The rooms this person may see, by name, with people now, unread messages and mentions. What the
 * party does not say within 1.5 s is as it was a moment ago, or null.
 * @throws AccountsUnavailable
 */
export async function roomsFor(userId: string): Promise<RoomListing[]> {
  const { rooms, mints, hidden } = getAccounts();
  const [visible, here, hides] = await Promise.all([
    rooms.visibleTo(userId, Date.now()),
    mints.roomsOf(userId, Date.now()),
    hidden.list(userId),
  ]);
  const few = hides.length > 0 && hides.length <= MAX_HIDDEN_ASKED;
  const viewer = { user: userId, ...(few && { hide: hides.map(({ id }) => id) }) };
  const there = new Set(here);
  const summaryFor = (shared.guestlistSummaries ??= newSummaries());
  const deadline = clock() + LIST_TIMEOUT_MS;
  // Whoever was in a room has a mint that names it for as long as a lease: no answer is older.
  const holdsMs = serverEnv().leaseSeconds * 1_000;
  const listings = new Map<string, RoomListing>();
  const list = async (access: RoomAccess) => {
    const { id } = access.room;
    const question = { ...viewer, room: id, there: there.has(id), holdsMs, deadline };
    listings.set(id, listing(access, await summaryFor(question)));
  };
  // First what matters most to this person, should there be no time for all.
  const order = visible.toSorted((a, b) => rankOf(a, there) - rankOf(b, there));
  const waiting = order.values();
  const worker = async () => {
    for (const access of waiting) await list(access);
  };
  await Promise.all(Array.from({ length: PARALLEL_SUMMARIES }, worker));
  return visible.flatMap(({ room }) => listings.get(room.id) ?? []);
}

const rankOf = ({ room, muted }: RoomAccess, there: ReadonlySet<string>): number =>
  there.has(room.id) ? 0 : muted ? 3 : room.visibility === "private" ? 1 : 2;

const unreadOf = ({ seq, unreadHidden = 0 }: RoomSummary, readSeq: number): number =>
  Math.max(0, seq - readSeq - unreadHidden);

function listing({ room, role, muted }: RoomAccess, summary: RoomSummary | null): RoomListing {
  const { createdAt: _, ...facts } = room;
  const unread = summary?.readSeq === undefined ? null : unreadOf(summary, summary.readSeq);
  const people = summary && summary.people;
  const mentions = summary?.mentions ?? null;
  return { ...facts, role, muted, people, unread, mentions };
}
