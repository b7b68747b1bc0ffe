import {
  HISTORY_PAGE_MESSAGES,
  MAX_RECOVERY_CHANGES,
  MAX_RECOVERY_MESSAGES,
  type ClientFrame,
  type Message,
  type ServerFrame,
} from "../../protocol";
import type { Resume } from "../socket";

const NAMES: Record<string, string> = { ada: "Ada", grace: "Grace" };
export const userRef = (id: string) => ({ id, name: NAMES[id] ?? id });

export type ChangeFrame = Extract<
  ClientFrame,
  { type: "chat.edit" | "chat.delete" | "chat.react" }
>;

/** What a room keeps and gives back: its messages by `seq`, and what was changed in them by `rev`. */
export function createFakeRoom(now: () => number) {
  const stored: Message[] = [];
  /** The message of each change, in order. */
  const changes: number[] = [];
  const byId = new Map<string, Message>();

  const changedSince = (rev: number): Message[] =>
    [...new Set(changes.slice(rev))].map((seq) => stored[seq - 1] as Message);

  return {
    stored,
    changes,
    changedSince,

    /** Stores once per person and id; `isNew` says whether others are to be told. */
    say(user: string, id: string, text: string, replyTo?: number) {
      const known = byId.get(`${user} ${id}`);
      if (known) return { message: known, isNew: false };
      const message: Message = {
        ...{ seq: stored.length + 1, id, user: userRef(user), text, ts: now() },
        ...(replyTo !== undefined && { replyTo }),
      };
      stored.push(message);
      byId.set(`${user} ${id}`, message);
      return { message, isNew: true };
    },

    /** Whether there is such a message to be changed; one that is gone can be deleted once more. */
    has({ seq, type }: ChangeFrame): boolean {
      const message = stored[seq - 1];
      return message !== undefined && (!message.deleted || type === "chat.delete");
    },

    /** Changes a message; what others are told, or null where nothing is another now. */
    change(user: string, frame: ChangeFrame): ServerFrame | null {
      const { seq } = frame;
      const message = stored[seq - 1];
      if (!message || message.deleted) return null;
      const rev = changes.push(seq);
      if (frame.type === "chat.edit") {
        const edited = { text: frame.text, editedAt: now() };
        stored[seq - 1] = { ...message, ...edited };
        return { type: "chat.updated", seq, ...edited, rev };
      }
      if (frame.type === "chat.delete") {
        const gone = { text: "", deleted: true, deletedBy: user, reactions: {} };
        stored[seq - 1] = { ...message, ...gone };
        return { type: "chat.deleted", seq, by: user, rev };
      }
      const { [frame.emoji]: before = [], ...rest } = message.reactions ?? {};
      const others = before.filter((one) => one !== user);
      const people = frame.on ? [...others, user] : others;
      const reactions = people.length > 0 ? { ...rest, [frame.emoji]: people } : rest;
      stored[seq - 1] = { ...message, reactions };
      return { type: "chat.reactions", seq, reactions, rev };
    },

    page({ before, after, limit }: Extract<ClientFrame, { type: "history.get" }>) {
      if (after !== undefined) {
        const end = after + limit;
        return { messages: stored.slice(after, end), hasMore: end < stored.length };
      }
      const end = before === undefined ? stored.length : before - 1;
      const from = Math.max(0, end - limit);
      return { messages: stored.slice(from, end), hasMore: from > 0 };
    },

    /** What somebody who comes back is given: exactly what was missed, or a fresh page. */
    resumed(resume: Resume | undefined, epoch: string) {
      const recovered =
        resume?.epoch === epoch &&
        stored.length - resume.after <= MAX_RECOVERY_MESSAGES &&
        changes.length - (resume.rev ?? changes.length) <= MAX_RECOVERY_CHANGES;
      const first = recovered ? resume.after : Math.max(0, stored.length - HISTORY_PAGE_MESSAGES);
      return {
        recovered,
        seq: stored.length,
        messages: stored.slice(first),
        rev: changes.length,
        ...(recovered && resume.rev !== undefined && { changed: changedSince(resume.rev) }),
      };
    },
  };
}
