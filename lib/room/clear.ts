import type { Draft } from "./draft";
import { MISSED_ALL } from "./history";
import { historyPrefixes } from "./keys";
import { sweepFrom } from "./tidy";

/** A history that starts anew has a new epoch, so nobody takes up the old one. */
export function startAnew(draft: Draft, epoch: string): void {
  draft.dropPrefixes.push(...historyPrefixes(draft.epoch));
  draft.epoch = epoch;
  draft.seq = 0;
  draft.rev = 0;
  draft.floor = 0;
  draft.forgetting = [];
  draft.sweepAt = sweepFrom(draft);
  for (const id of draft.connections.keys()) draft.keep(id, { missedFrom: MISSED_ALL });
  draft.broadcast([
    { type: "history", epoch, messages: [], hasMore: false, recovered: false, rev: 0 },
  ]);
}
