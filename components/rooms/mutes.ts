import { useSyncExternalStore } from "react";

/**
 * Which rooms this person has muted, as far as the page knows: what the server said last, and over
 * it what was pressed here or in another tab and is on its way.
 */
/** Fetched when it is first asked: a room page has a budget of scripts. */
const client = () => import("@/lib/client/mute");
const CHANNEL = "guestlist.mutes";
const CHANGED = "guestlist:mutes";
/** So old may the knowledge be on which somebody is called to a room. */
const FRESH_MS = 30_000;

const known = new Map<string, { muted: boolean; at: number }>();
const underWay = new Map<string, number>();

function note(room: string, muted: boolean): void {
  const before = known.get(room)?.muted;
  known.set(room, { muted, at: performance.now() });
  if (before !== muted) window.dispatchEvent(new Event(CHANGED));
}

/** What an answer of the server says, except of rooms that are being changed meanwhile. */
export function learnMutes(rooms: readonly { id: string; muted: boolean }[]): void {
  for (const { id, muted } of rooms) if (!underWay.has(id)) note(id, muted);
}

/** Shown at once and taken back where the server says no; resolves to whether it holds. */
export async function setMuted(room: string, muted: boolean): Promise<boolean> {
  underWay.set(room, (underWay.get(room) ?? 0) + 1);
  note(room, muted);
  const answer = await client().then(
    ({ muteRoom }) => muteRoom(room, muted),
    () => ({ ok: false }),
  );
  const others = (underWay.get(room) ?? 1) - 1;
  if (others > 0) underWay.set(room, others);
  else underWay.delete(room);
  // Only the last press of several counts.
  if (others > 0) return true;
  if (!answer.ok) note(room, !muted);
  else tellTabs({ room, muted });
  return answer.ok;
}

/** Whether somebody may be called to a room: asked of the server where that was long ago. */
export async function isMutedNow(room: string): Promise<boolean> {
  const before = known.get(room);
  if (before && performance.now() - before.at < FRESH_MS) return before.muted;
  const answer = await client().then(
    ({ isRoomMuted }) => isRoomMuted(room),
    () => null,
  );
  if (answer?.ok) learnMutes([{ id: room, muted: answer.muted }]);
  return known.get(room)?.muted ?? false;
}

export const useMuted = (room: string, initial: boolean): boolean =>
  useSyncExternalStore(
    subscribe,
    () => known.get(room)?.muted ?? initial,
    () => initial,
  );

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
  channel?.addEventListener("message", ({ data }: MessageEvent<{ room: string; muted: boolean }>) =>
    note(data.room, data.muted),
  );
  return () => {
    window.removeEventListener(CHANGED, listener);
    channel?.close();
  };
}

function tellTabs(change: { room: string; muted: boolean }): void {
  if (!("BroadcastChannel" in window)) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(change);
  channel.close();
}
