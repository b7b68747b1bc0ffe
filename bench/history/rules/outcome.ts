import { keyOf, type LineOf } from "../log";
import { grouped, isA } from "./index-of";
import { tabOf } from "./order";
import type { Rule } from "./rule";

/**
 * What a person has said has an outcome that they can see: stored, or shown as failed. Only a tab
 * that was closed, or whose login session has ended, may take what was waiting with it.
 */
export const knownOutcome: Rule = (index, tell) => {
  const pageOf = new Map(
    [...index.pages].map(([client, page]) => [tabOf(client), { client, page }]),
  );
  const said = grouped(index.lines.filter(isA("say")), ({ client }) => tabOf(client));
  for (const [tab, says] of said) {
    // A tab that was closed has none.
    const open = pageOf.get(tab);
    if (!open || open.page.over) continue;
    const shown = new Map(
      (index.views.get(open.client) ?? []).map((line) => [keyOf(line.author, line.cid), line]),
    );
    for (const say of says) {
      const key = keyOf(say.user, say.cid);
      const stored = index.stored.get(say.room)?.has(key) ?? false;
      judge(say, stored, shown.get(key), tell);
    }
  }
};

function judge(
  say: LineOf<"say">,
  stored: boolean,
  view: LineOf<"view"> | undefined,
  tell: Parameters<Rule>[1],
): void {
  if (stored && view && view.state !== "sent") tell("stored and not shown as sent", say, view);
  if (!stored && view?.state !== "failed") tell("neither stored nor shown as failed", say, view);
}
