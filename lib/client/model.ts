import type { Resume } from "./socket";
import type { ConnectionView, RoomView } from "./types";

/** What the page sees, and what only the client needs to know about it. Immutable. */
export interface RoomModel {
  readonly view: Omit<RoomView, "connection">;
  readonly epoch: string | null;
  /** Every message from the first one shown up to this one is here: what a reconnection resumes at. */
  readonly after: number;
  /** Every change up to this one is in what is here; null where the party does not count them. */
  readonly rev: number | null;
  /** The id of the `history.get` under way for older messages, and for a hole. */
  readonly olderId: string | null;
  readonly gapId: string | null;
}

export const initialModel = (room: string): RoomModel => ({
  view: {
    room,
    ready: false,
    people: [],
    typing: [],
    messages: [],
    quoted: [],
    hasOlder: false,
    loadingOlder: false,
    olderFailed: false,
    readSeq: 0,
    seq: 0,
    settings: {},
    ahead: 0,
  },
  epoch: null,
  after: 0,
  rev: null,
  olderId: null,
  gapId: null,
});

export const compose = (model: RoomModel, connection: ConnectionView): RoomView => ({
  ...model.view,
  connection,
});

/** A copy with some fields of the view changed; the same model where none did. */
export function withView(model: RoomModel, fields: Partial<RoomModel["view"]>): RoomModel {
  const { view } = model;
  const changed = (Object.keys(fields) as (keyof typeof view)[]).some(
    (key) => !Object.is(view[key], fields[key]),
  );
  return changed ? { ...model, view: { ...view, ...fields } } : model;
}

/** What the party must be told at a dial, so that it sends exactly what was missed. */
export const resumeOf = ({ epoch, after, rev }: RoomModel): Resume | undefined =>
  epoch === null ? undefined : { epoch, after, ...(rev !== null && { rev }) };

/** Connections of everybody in the room, as the party told last. */
export const crowdOf = ({ view }: RoomModel): number =>
  view.people.reduce((sum, person) => sum + person.connections, 0);

/** True where a message is here whose predecessor is not: there is a hole to ask for. */
export function hasGap(model: RoomModel): boolean {
  const { messages } = model.view;
  for (let at = messages.length - 1; at >= 0; at--) {
    const seq = messages[at]?.seq;
    if (seq !== undefined) return seq > model.after;
  }
  return false;
}
