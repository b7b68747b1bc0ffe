import {
  HISTORY_PAGE_MESSAGES,
  MAX_HISTORY_LIMIT,
  type ClientFrame,
  type ServerFrameOf,
} from "../protocol";
import type { ClientDeps } from "./deps";
import { hasGap, withView, type RoomModel } from "./model";

const ANSWER_TIMEOUT_MS = 10_000;
const GAP_RETRY_MS = 1_000;

/** Asks for history: older pages when the reader wants them, and holes as soon as one is seen. */
export function createPages(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout" | "newId">,
  send: (frame: ClientFrame) => boolean,
  update: (change: (model: RoomModel) => RoomModel) => void,
) {
  let older: unknown;
  let gap: unknown;
  let gapBlockedUntil = -Infinity;

  const failOlder = (id: string | null) =>
    update((model) =>
      model.olderId === id
        ? { ...withView(model, { loadingOlder: false, olderFailed: true }), olderId: null }
        : model,
    );

  function loadOlder(model: RoomModel): void {
    const { hasOlder, loadingOlder, messages } = model.view;
    const before = messages.find((message) => message.seq !== undefined)?.seq;
    if (!hasOlder || loadingOlder || before === undefined) return;
    const id = deps.newId();
    const limit = HISTORY_PAGE_MESSAGES;
    if (!send({ type: "history.get", id, before, limit })) return failOlder(null);
    update((now) => ({
      ...withView(now, { loadingOlder: true, olderFailed: false }),
      olderId: id,
    }));
    deps.clearTimeout(older);
    older = deps.setTimeout(() => failOlder(id), ANSWER_TIMEOUT_MS);
  }

  /** Called after every message: asks only where there is a hole and no question about it yet. */
  function fillGap(model: RoomModel): void {
    if (model.gapId !== null || !hasGap(model)) return;
    deps.clearTimeout(gap);
    const wait = gapBlockedUntil - deps.now();
    if (wait > 0) {
      gap = deps.setTimeout(() => update((now) => now), wait);
      return;
    }
    const id = deps.newId();
    const { after } = model;
    if (!send({ type: "history.get", id, after, limit: MAX_HISTORY_LIMIT })) return;
    update((now) => ({ ...now, gapId: id }));
    // Where no answer comes the question is asked again.
    gap = deps.setTimeout(
      () => update((now) => (now.gapId === id ? { ...now, gapId: null } : now)),
      ANSWER_TIMEOUT_MS,
    );
  }

  return {
    loadOlder,
    fillGap,
    /** A hole that was refused is asked for again, but not at once. */
    refused(model: RoomModel, { id, retryAfterMs }: ServerFrameOf<"error">) {
      if (id === undefined || id !== model.gapId) return;
      gapBlockedUntil = deps.now() + (retryAfterMs ?? GAP_RETRY_MS);
    },
    stop() {
      deps.clearTimeout(older);
      deps.clearTimeout(gap);
      // A question of a connection that was left has no answer.
      update((model) => ({
        ...withView(model, { loadingOlder: false }),
        olderId: null,
        gapId: null,
      }));
    },
  };
}
