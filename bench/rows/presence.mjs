import { tokensFor } from "../lib/crowd.mjs";
import { costOf, untilQuiet, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";
import { crowdOf } from "../lib/crowd.mjs";

const PER_SECOND = 50;

/** A room full of people whose door never closes: what each of them is told about people, and its price. */
export async function presence({ quick, say }) {
  const people = quick ? 200 : 1_000;
  // The grace of those who leave is ten seconds: before that nobody is told of anybody.
  const [before, seconds] = quick ? [12, 5] : [14, 15];
  const { told, cpu } = await withPeer(OURS, async ({ peer, crowd }) => {
    await crowd.connect(people);
    await untilQuiet(peer);
    const visitors = await crowdOf(peer);
    try {
      const count = PER_SECOND * (before + seconds + 2);
      const names = Array.from({ length: count }, (_, index) => `v${index}`);
      const tokens = await tokensFor(peer, names);
      const churn = visitors.tell("churn", { tokens, perSecond: PER_SECOND });
      churn.catch(() => undefined);
      await crowd.tell("listen", { seconds: before });
      const { result, cpuSeconds } = await costOf(peer, () => crowd.tell("listen", { seconds }));
      return { told: result, cpu: cpuSeconds / seconds };
    } finally {
      await visitors.stop();
    }
  });
  const diffs = (told.heard["presence.diff"] ?? 0) / seconds;
  say(`presence ${people}: ${diffs.toFixed(1)} frames a second, CPU ${cpu.toFixed(2)}`);
  return [
    {
      what: `presence with ${people.toLocaleString("en")} people, ${PER_SECOND} joining and leaving a second`,
      measured: `${diffs.toFixed(1)} presence frames a second per client, ${(cpu * 100).toFixed(0)} % of one core`,
      bar: "≤ 5 presence frames a second per client, CPU stated",
      met: diffs > 0 && diffs <= 5,
    },
  ];
}
