import { NEWS_BURST, NEWS_PER_SECOND } from "../protocol/limits";
import type { ServerFrameOf } from "../protocol/server-frames";
import type { Draft } from "./draft";
import { typists } from "./presence";
import { take, type Bucket, type Rate } from "./rate";

/**
 * What everybody hears about people. Told at once until it becomes a flood; then what is not told
 * yet is gathered and told at a steady pace, each person once, as they are by then. So it is right
 * for everybody, whenever they came.
 */
export interface News {
  /** Who has changed since the others were told. */
  readonly people: ReadonlyMap<string, "joined" | "updated" | "left">;
  readonly typing: boolean;
  /** When the rest will be told; null where nothing is left. */
  readonly dueAt: number | null;
  readonly paces: Readonly<Partial<Record<"people" | "typing", Bucket>>>;
}

export const NO_NEWS: News = { people: new Map(), typing: false, dueAt: null, paces: {} };

const PACE: Rate = { perSecond: NEWS_PER_SECOND, burst: NEWS_BURST };

/** Tells what a step has changed about people, or keeps it for later. */
export function announce(draft: Draft): void {
  const people = gathered(draft);
  const typing = draft.news.typing || draft.typingChanged;
  if (people.size === 0 && !typing) return;
  const paces = { ...draft.news.paces };
  const waits: number[] = [];
  const mayTell = (what: "people" | "typing"): boolean => {
    const taken = take(paces[what], PACE, draft.now);
    if (taken.ok) paces[what] = taken.bucket;
    else waits.push(draft.now + taken.retryAfterMs);
    return taken.ok;
  };
  const tellsPeople = people.size > 0 && mayTell("people");
  const tellsTyping = typing && mayTell("typing");
  if (tellsPeople) draft.broadcast([diffOf(draft, people)], draft.welcomed);
  if (tellsTyping) draft.broadcast([{ type: "typing", users: typists(draft) }]);
  draft.news = {
    people: tellsPeople ? NO_NEWS.people : people,
    typing: typing && !tellsTyping,
    dueAt: waits.length > 0 ? Math.min(...waits) : null,
    paces,
  };
}

function gathered({ news, diff }: Draft): News["people"] {
  const { joined, updated, left } = diff;
  if (joined.length + updated.length + left.length === 0) return news.people;
  const people = new Map(news.people);
  for (const id of left) people.set(id, "left");
  for (const { id } of joined) people.set(id, "joined");
  for (const { id } of updated) if (people.get(id) !== "joined") people.set(id, "updated");
  return people;
}

function diffOf(draft: Draft, people: News["people"]): ServerFrameOf<"presence.diff"> {
  const diff: ServerFrameOf<"presence.diff"> = {
    ...{ type: "presence.diff", joined: [], left: [], updated: [] },
  };
  for (const [id, how] of people) {
    const shown = draft.people.get(id)?.shown;
    if (!shown) diff.left.push(id);
    else (how === "updated" ? diff.updated : diff.joined).push(shown);
  }
  return diff;
}
