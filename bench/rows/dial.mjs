import { tokensFor } from "../lib/crowd.mjs";
import { percentile } from "../lib/figures.mjs";
import { costOf, untilQuiet, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const HERE = 20;

/** What one dial costs the server: gate, spent token, and for ours a welcome with a page and presence. */
export async function dial({ quick, say }) {
  const count = quick ? 100 : 400;
  const figures = {};
  for (const name of ["partykit-bare", "partykit-guide", OURS]) {
    figures[name] = await withPeer(name, async ({ peer, crowd }) => {
      await crowd.connect(HERE, 1);
      // A page of history, which only ours keeps.
      await crowd.tell("pace", { perSecond: 100, seconds: 1 });
      const names = Array.from({ length: count }, (_, index) => `d${index % 40}`);
      await crowd.tell("dials", { tokens: await tokensFor(peer, names.slice(0, 50)) });
      const tokens = await tokensFor(peer, names);
      await untilQuiet(peer);
      const { result, cpuSeconds } = await costOf(peer, () => crowd.tell("dials", { tokens }));
      return { ms: (cpuSeconds * 1_000) / count, p50: percentile(result, 0.5) };
    });
    say(
      `dial ${name}: ${figures[name].ms.toFixed(2)} ms CPU, p50 ${figures[name].p50.toFixed(2)} ms`,
    );
  }
  const guide = figures["partykit-guide"];
  const ratio = figures[OURS].ms / guide.ms;
  return [
    {
      what: `server CPU per dial (gate, spent token, welcome with a page of history and ${HERE} people)`,
      measured: `${figures[OURS].ms.toFixed(2)} ms, ${ratio.toFixed(2)} × the guide's pattern (${guide.ms.toFixed(2)} ms)`,
      bar: "≤ 2 × the guide's pattern",
      met: ratio <= 2,
    },
  ];
}
