import type { Role, ServerFrame, ServerFrameOf } from "../protocol";
import { withView, type RoomModel } from "./model";
import { diffPeople, syncPeople } from "./people";
import { shallowEqual } from "./shallow";
import { acknowledge, contiguous, merge, patch, renew, replace, seenBy } from "./transcript";
import type { MessageView, RoomSettingsView } from "./types";

/** What a frame of the party changes in what the page shows. Pure; unchanged parts keep their identity. */
export function reduce(model: RoomModel, frame: ServerFrame): RoomModel {
  const { view } = model;
  switch (frame.type) {
    case "welcome":
      return welcome(model, frame);
    case "auth.refreshed":
    case "auth.updated":
      return withRole(model, frame.role);
    case "presence.sync":
      return withView(model, { people: syncPeople(view.people, frame.users, view.me?.id) });
    case "presence.diff":
      return withView(model, { people: diffPeople(view.people, frame, view.me?.id) });
    case "typing":
      return typing(model, frame.users);
    case "ack":
      return withMessages(model, acknowledge(view.messages, frame, view.hasOlder), frame.seq);
    case "chat.message": {
      const { type: _, ...message } = frame;
      return withMessages(model, merge(view.messages, [message], view.me?.id), frame.seq);
    }
    case "chat.updated": {
      const { seq, text, editedAt, mentions = [] } = frame;
      return changed(model, seq, frame.rev, { text, editedAt, mentions });
    }
    case "chat.deleted": {
      const { by } = frame;
      const gone = {
        deleted: true,
        text: "",
        reactions: {},
        ...(by !== undefined && { deletedBy: by }),
      };
      return changed(model, frame.seq, frame.rev, gone);
    }
    case "chat.reactions": {
      const { seq, reactions } = frame;
      return changed(model, seq, frame.rev, { reactions });
    }
    case "history":
      return history(model, frame);
    case "error":
      return turnedAway(refusal(model, frame.id), frame);
    case "mod.notice":
      return noticed(model, frame);
    case "room.updated": {
      const { type: _, ...settings } = frame;
      return withView(model, { settings: { ...view.settings, ...settings } });
    }
    case "auth.expiring":
    case "auth.expired":
    case "auth.revoked":
    case "drain":
    case "pong":
    case "mod.held":
      // The machine's business, or an answer to who asked.
      return model;
  }
}

function welcome(model: RoomModel, frame: ServerFrameOf<"welcome">): RoomModel {
  const { view } = model;
  const me = { ...frame.user, role: frame.role };
  const sameHistory = model.epoch === frame.epoch;
  const shown = view.me && view.me.id !== me.id ? seenBy(view.messages, me.id) : view.messages;
  const appended = frame.recovered && sameHistory;
  const messages = appended
    ? merge(renew(shown, frame.changed ?? [], me.id), frame.messages, me.id)
    : replace(shown, frame.messages, me.id);
  const quoted = appended ? renew(view.quoted, frame.changed ?? [], me.id) : [];
  const first = frame.messages[0]?.seq ?? frame.seq + 1;
  return {
    ...model,
    epoch: frame.epoch,
    after: frame.seq,
    rev: frame.rev ?? null,
    // Answers of an earlier connection will not come.
    olderId: null,
    gapId: null,
    view: {
      ...view,
      ready: true,
      me: view.me && shallowEqual(view.me, me) ? view.me : me,
      people: syncPeople(view.people, frame.presence, me.id),
      typing: [],
      messages,
      quoted,
      hasOlder: appended ? view.hasOlder : first > 1,
      loadingOlder: false,
      olderFailed: view.olderFailed || view.loadingOlder,
      readSeq: sameHistory ? Math.max(view.readSeq, frame.readSeq) : frame.readSeq,
      seq: frame.seq,
      settings: settingsOf(view.settings, frame),
      muted: frame.muted,
      turnedAway: undefined,
    },
  };
}

/** What is not said is not set; name and topic are not the party's to say. */
function settingsOf(
  { name, topic }: RoomSettingsView,
  { room: { slowSeconds = 0, archived = false, retentionDays = null } }: ServerFrameOf<"welcome">,
): RoomSettingsView {
  const known = { ...(name !== undefined && { name }), ...(topic !== undefined && { topic }) };
  return { ...known, slowSeconds, archived, retentionDays };
}

/** Who did it, and why, is in the notice that follows where the room knows. */
const CLEARED: ServerFrameOf<"mod.notice"> = { type: "mod.notice", action: "clear" };

function noticed(model: RoomModel, frame: ServerFrameOf<"mod.notice">): RoomModel {
  const { action, seq, until, reason } = frame;
  const mine = frame.user?.id === model.view.me?.id;
  // Of another's message it stands in its place, and takes no other notice away.
  const next = action === "delete" && !mine ? model : withView(model, { notice: frame });
  if (action === "delete" && seq !== undefined && reason !== undefined) {
    return withView(next, { messages: patch(next.view.messages, seq, { deletedReason: reason }) });
  }
  if (!mine) return next;
  if (action === "mute") return withView(next, { muted: { until, reason } });
  return action === "unmute" ? withView(next, { muted: undefined }) : next;
}

/** A refusal that answers no frame is about the connection itself. */
function turnedAway(model: RoomModel, frame: ServerFrameOf<"error">): RoomModel {
  const { id, code, until, reason } = frame;
  // Said with every refusal: a clock that is ahead of the party's cannot end it early.
  if (code === "muted") return withView(model, { muted: { until, reason } });
  if (id !== undefined || code !== "forbidden") return model;
  // That one may write again is no news to who has to go.
  const { notice } = model.view;
  const stale = notice?.action === "unmute" && notice.user?.id === model.view.me?.id;
  return withView(model, { turnedAway: { until, reason }, ...(stale && { notice: undefined }) });
}

function history(model: RoomModel, frame: ServerFrameOf<"history">): RoomModel {
  const { view } = model;
  if (frame.id === undefined) return catchUp(model, frame);
  if (frame.epoch !== model.epoch) return model;
  if (frame.id === model.olderId) {
    const messages = merge(view.messages, frame.messages, view.me?.id);
    const { hasMore: hasOlder } = frame;
    const older = { messages, hasOlder, loadingOlder: false, olderFailed: false };
    return { ...withView(model, older), olderId: null };
  }
  if (frame.id !== model.gapId) return model;
  const filled = withMessages(model, merge(view.messages, frame.messages, view.me?.id));
  // What the party has no more of will not fill the hole either.
  const last = frame.hasMore ? (frame.messages.at(-1)?.seq ?? filled.view.seq) : filled.view.seq;
  return { ...filled, after: Math.max(filled.after, last), gapId: null };
}

/** Unasked history: what this connection missed after its lease, or a room that began anew. */
function catchUp(model: RoomModel, frame: ServerFrameOf<"history">): RoomModel {
  const { view } = model;
  const newest = frame.messages.at(-1)?.seq ?? 0;
  if (frame.recovered === true && frame.epoch === model.epoch) {
    const { changed: now = [], rev } = frame;
    const messages = merge(renew(view.messages, now, view.me?.id), frame.messages, view.me?.id);
    const quoted = renew(view.quoted, now, view.me?.id);
    const after = Math.max(model.after, newest);
    return withMessages({ ...withRev(withView(model, { quoted }), rev), after }, messages, newest);
  }
  const sameHistory = frame.epoch === model.epoch;
  return {
    ...model,
    epoch: frame.epoch,
    after: newest,
    rev: frame.rev ?? null,
    olderId: null,
    gapId: null,
    view: {
      ...view,
      messages: replace(view.messages, frame.messages, view.me?.id),
      quoted: [],
      hasOlder: frame.hasMore,
      loadingOlder: false,
      ...(!sameHistory && { notice: CLEARED }),
      readSeq: sameHistory ? view.readSeq : 0,
      seq: newest,
    },
  };
}

/** A message is another one now, and that was the change with this number. */
function changed(
  model: RoomModel,
  seq: number,
  rev: number | undefined,
  fields: Partial<MessageView>,
): RoomModel {
  const { messages, quoted } = model.view;
  const patched = { messages: patch(messages, seq, fields), quoted: patch(quoted, seq, fields) };
  return withRev(withView(model, patched), rev);
}

function withRev(model: RoomModel, rev: number | undefined): RoomModel {
  return rev === undefined || rev <= (model.rev ?? Infinity) ? model : { ...model, rev };
}

/** New messages: the newest number known, and how far there is no hole. */
function withMessages(
  model: RoomModel,
  messages: RoomModel["view"]["messages"],
  seq = 0,
): RoomModel {
  const next = withView(model, { messages, seq: Math.max(model.view.seq, seq) });
  const after = contiguous(messages, model.after);
  return after === next.after ? next : { ...next, after };
}

/** A `history.get` was refused. */
function refusal(model: RoomModel, id: string | undefined): RoomModel {
  if (id === undefined) return model;
  if (id === model.olderId) {
    return { ...withView(model, { loadingOlder: false, olderFailed: true }), olderId: null };
  }
  return id === model.gapId ? { ...model, gapId: null } : model;
}

function withRole(model: RoomModel, role: Role): RoomModel {
  const { me } = model.view;
  return me && me.role !== role ? withView(model, { me: { ...me, role } }) : model;
}

function typing(model: RoomModel, users: readonly { id: string; name: string }[]): RoomModel {
  const { view } = model;
  const known = new Map(view.typing.map((user) => [user.id, user]));
  const next = users
    .filter((user) => user.id !== view.me?.id)
    .map((user) => {
      const old = known.get(user.id);
      return old && shallowEqual(old, user) ? old : user;
    });
  return shallowEqual(next, [...view.typing]) ? model : withView(model, { typing: next });
}
