import type { ClientFrame, ErrorCode, ServerFrame, ServerFrameOf } from "../protocol";
import type { ClientDeps } from "./deps";

/** What is asked once and answered once: nobody keeps it over a drop, as times have changed by then. */
type Askable = Extract<ClientFrame, { type: `mod.${string}` | "chat.report" }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
/** A frame of moderation, or a report; the id is ours. */
export type Request = WithoutId<Askable>;

export type RequestResult =
  | { ok: true; held?: ServerFrameOf<"mod.held"> }
  /** `unavailable` where there is no connection, or it went before the room answered: it may have been done. */
  | { ok: false; code: ErrorCode; retryAfterMs?: number | undefined };

const ANSWER_TIMEOUT_MS = 10_000;
const LOST: RequestResult = { ok: false, code: "unavailable" };

/** Requests over the socket, each resolved by the answer with its id. Never rejects. */
export function createRequests(
  deps: Pick<ClientDeps, "newId" | "setTimeout" | "clearTimeout">,
  send: (frame: ClientFrame) => boolean,
) {
  const open = new Map<string, (result: RequestResult) => void>();

  return {
    ask(request: Request): Promise<RequestResult> {
      return new Promise((resolve) => {
        const id = deps.newId();
        const settle = (result: RequestResult) => {
          deps.clearTimeout(timeout);
          open.delete(id);
          resolve(result);
        };
        const timeout = deps.setTimeout(() => settle(LOST), ANSWER_TIMEOUT_MS);
        open.set(id, settle);
        if (!send({ ...request, id } as ClientFrame)) settle(LOST);
      });
    },
    note(frame: ServerFrame): void {
      if (frame.type === "ack") open.get(frame.id)?.({ ok: true });
      if (frame.type === "mod.held") open.get(frame.id)?.({ ok: true, held: frame });
      if (frame.type !== "error" || frame.id === undefined) return;
      const { code, retryAfterMs } = frame;
      open.get(frame.id)?.({ ok: false, code, retryAfterMs });
    },
    /** The line is gone, and answers with it. */
    lost(): void {
      for (const settle of [...open.values()]) settle(LOST);
    },
  };
}
