import { tokensFor } from "../lib/crowd.mjs";
import { percentile } from "../lib/figures.mjs";
import { costOf, inTurns, untilQuiet, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const GUIDE = "partykit-guide";
const HERE = 20;
const ROUNDS = 7;

/**
 * What one dial costs the server: gate, spent token, and for ours a welcome with a page and presence.
 * When a runtime collects garbage is chance, so there are more turns than for the other rows.
 */
export async function dial({ quick, say }) {
  const peers = ["partykit-bare", GUIDE, OURS];
  const figures = await inTurns(peers, quick ? 1 : ROUNDS, async (name) => {
    const { ms, p50 } = await dials(name, quick ? 100 : 400);
    say(`dial ${name}: ${ms.toFixed(2)} ms CPU, p50 ${p50.toFixed(2)} ms`);
    return ms;
  });
  const [ours, guide] = [OURS, GUIDE].map((name) => percentile(figures[name], 0.5));
  const ratio = ours / guide;
  return [
    {
      what: `server CPU per dial (gate, spent token, welcome with a page of history and ${HERE} people)`,
      measured: `${ours.toFixed(2)} ms, ${ratio.toFixed(2)} × the guide's pattern (${guide.toFixed(2)} ms)`,
      bar: "≤ 2 × the guide's pattern",
      met: ratio <= 2,
    },
  ];
}

const dials = (name, count) =>
  withPeer(name, async ({ peer, crowd }) => {
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
