import { grouped, isA } from "./index-of";
import type { Rule } from "./rule";

/** When all is quiet, every page shows who is there, with as many connections as they have. */
export const presenceConverges: Rule = (index, tell) => {
  const live = [...index.pages.values()].filter(({ over }) => !over);
  for (const page of live) {
    if (page.phase !== "connected") tell("a page that never came back", page);
  }
  const shown = index.lines.filter(isA("shown"));
  for (const [room, pages] of grouped(live, (page) => page.room)) {
    const counted = [...grouped(pages, ({ user }) => user)].map(
      ([user, all]) => [user, all.length] as const,
    );
    const here = JSON.stringify(counted.sort());
    for (const line of shown) {
      if (line.room !== room || !live.some(({ client }) => client === line.client)) continue;
      if (JSON.stringify(Object.entries(line.people).sort()) !== here) {
        tell(`shows other people than ${here}`, line);
      }
    }
    const own = index.lines.find((line) => line.ev === "room" && line.room === room);
    if (own?.ev !== "room") continue;
    if (own.people !== counted.length || own.connections !== pages.length) {
      tell(`the room counts otherwise than ${here}`, own);
    }
  }
};
