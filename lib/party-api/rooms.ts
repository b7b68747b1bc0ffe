import "server-only";
import * as v from "valibot";
import { getAccounts } from "../accounts/libsql";
import type { Visibility } from "../accounts/port";
import { Epoch, type Role, Seq } from "../protocol/values";
import { callParty } from "./request";

/** The list of rooms does not wait longer for the party than this; it shows without counts instead. */
const SUMMARY_TIMEOUT_MS = 1_500;
const PARALLEL_SUMMARIES = 16;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const RoomSummary = v.object({
  people: Count,
  connections: Count,
  epoch: Epoch,
  seq: Seq,
  /** How far the person asked about has read; missing where the party was not asked. */
  readSeq: v.optional(Seq),
});
export type RoomSummary = v.InferOutput<typeof RoomSummary>;

export interface RoomListing {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
  role: Role;
  /** People in the room now; null where the party did not answer. */
  people: number | null;
  /** Messages after the last one read; null where the party did not answer. */
  unread: number | null;
}

/** What the party says about a room, from one person's view; null on any failure, within 1.5 s. */
export async function roomSummary(room: string, userId: string): Promise<RoomSummary | null> {
  const answer = await callParty(room, `?user=${encodeURIComponent(userId)}`, {
    timeoutMs: SUMMARY_TIMEOUT_MS,
  });
  const parsed = v.safeParse(RoomSummary, answer);
  return parsed.success ? parsed.output : null;
}

/**
 * The rooms this person may see, by name, with people now and unread messages.
 * @throws AccountsUnavailable
 */
export async function roomsFor(userId: string): Promise<RoomListing[]> {
  const visible = await getAccounts().rooms.visibleTo(userId, Date.now());
  // One time limit for all: past it the rest of the list goes without counts.
  const deadline = Date.now() + SUMMARY_TIMEOUT_MS;
  const listings: RoomListing[] = [];
  for (let i = 0; i < visible.length; i += PARALLEL_SUMMARIES) {
    const batch = visible.slice(i, i + PARALLEL_SUMMARIES);
    listings.push(
      ...(await Promise.all(
        batch.map(async ({ room: { id, name, topic, visibility }, role }) => {
          const summary = Date.now() < deadline ? await roomSummary(id, userId) : null;
          const unread =
            summary?.readSeq === undefined ? null : Math.max(0, summary.seq - summary.readSeq);
          const people = summary && summary.people;
          return { id, name, topic, visibility, role, people, unread };
        }),
      )),
    );
  }
  return listings;
}
