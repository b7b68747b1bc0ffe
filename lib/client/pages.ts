import {
  HISTORY_PAGE_MESSAGES,
  MAX_HISTORY_LIMIT,
  type ClientFrame,
  type ServerFrameOf,
} from "../protocol";
import type { ClientDeps } from "./deps";
import { hasGap, withView, type RoomModel } from "./model";
import type { ShowResult } from "./types";

const ANSWER_TIMEOUT_MS = 10_000;
const GAP_RETRY_MS = 1_000;
/** How far back one go leads: this many pages of the longest kind. */
export const SHOW_AROUND_PAGES = 20;

/** Asks for history: older pages when the reader wants them, and holes as soon as one is seen. */
export function createPages(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout" | "newId">,
  send: (frame: ClientFrame) => boolean,
  update: (change: (model: RoomModel) => RoomModel) => void,
) {
  let older: unknown;
  let gap: unknown;
  let gapBlockedUntil = -Infinity;
  let sought: { seq: number; pages: number; tell: (result: ShowResult) => void } | null = null;

  const failOlder = (id: string | null) =>
    update((model) =>
      model.olderId === id
        ? { ...withView(model, { loadingOlder: false, olderFailed: true }), olderId: null }
        : model,
    );

  function loadOlder(model: RoomModel, limit = HISTORY_PAGE_MESSAGES): void {
    const { hasOlder, loadingOlder, messages } = model.view;
    const before = messages.find((message) => message.seq !== undefined)?.seq;
    if (!hasOlder || loadingOlder || before === undefined) return;
    const id = deps.newId();
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

  function find(result: ShowResult): void {
    sought?.tell(result);
    sought = null;
  }

  /** One step towards the message that is sought; called after every change. */
  function seek(model: RoomModel): void {
    if (!sought) return;
    const { seq } = sought;
    const { messages, hasOlder, loadingOlder, olderFailed, ready } = model.view;
    if (messages.some((message) => message.seq === seq)) return find("shown");
    if (olderFailed || !ready) return find("failed");
    const first = messages.find((message) => message.seq !== undefined)?.seq ?? Infinity;
    if (!hasOlder || seq < 1 || seq >= first) return find("gone");
    if (loadingOlder) return;
    if (first - seq > (SHOW_AROUND_PAGES - sought.pages) * MAX_HISTORY_LIMIT) {
      return find("too_far");
    }
    sought.pages++;
    loadOlder(model, MAX_HISTORY_LIMIT);
  }

  return {
    loadOlder: (model: RoomModel) => loadOlder(model),
    fillGap,
    seek,
    show(seq: number): Promise<ShowResult> {
      find("failed");
      return new Promise((resolve) => {
        sought = { seq, pages: 0, tell: resolve };
        // An earlier failure is no answer to this question.
        update((now) => withView(now, { olderFailed: false }));
      });
    },
    /** A hole that was refused is asked for again, but not at once. */
    refused(model: RoomModel, { id, retryAfterMs }: ServerFrameOf<"error">) {
      if (id === undefined || id !== model.gapId) return;
      gapBlockedUntil = deps.now() + (retryAfterMs ?? GAP_RETRY_MS);
    },
    stop() {
      deps.clearTimeout(older);
      deps.clearTimeout(gap);
      find("failed");
      // A question of a connection that was left has no answer.
      update((model) => ({
        ...withView(model, { loadingOlder: false }),
        olderId: null,
        gapId: null,
      }));
    },
  };
}
