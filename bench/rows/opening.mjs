import { setTimeout as wait } from "node:timers/promises";
import { tokensFor } from "../lib/crowd.mjs";
import { percentile } from "../lib/figures.mjs";
import { costOf, untilQuiet, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const FEW = 100;

/** From the dial to `welcome` in a room with a long past and in one with a short. */
export async function opening({ quick, say }) {
  const many = quick ? 5_000 : 100_000;
  const dials = quick ? 40 : 150;
  const figures = {};
  for (const messages of [FEW, many]) {
    figures[messages] = await withPeer(OURS, async ({ peer, crowd }) => {
      await crowd.connect(20, 20);
      await fill(crowd, messages);
      await crowd.tell("leave");
      await untilQuiet(peer, 30_000);
      const tokens = await tokensFor(
        peer,
        Array.from({ length: dials }, (_, i) => `d${i % 40}`),
      );
      const { result, cpuSeconds } = await costOf(peer, () => crowd.tell("dials", { tokens }));
      return { p50: percentile(result, 0.5), cpuMs: (cpuSeconds * 1_000) / dials };
    });
    const { p50, cpuMs } = figures[messages];
    say(`opening ${messages} messages: p50 ${p50.toFixed(2)} ms, ${cpuMs.toFixed(2)} ms CPU`);
  }
  const ratio = figures[many].p50 / figures[FEW].p50;
  return [
    {
      what: `opening a room with ${many.toLocaleString("en")} messages against one with ${FEW}, p50 from dial to \`welcome\``,
      measured: `${ratio.toFixed(2)} × (${figures[many].p50.toFixed(2)} ms against ${figures[FEW].p50.toFixed(2)} ms)`,
      bar: "≤ 1.2 ×",
      met: ratio <= 1.2,
    },
  ];
}

/** Twenty people talk until so much is said; each of them is told all of it. */
async function fill(crowd, messages) {
  await crowd.tell("saturate", { inFlight: messages <= FEW ? 1 : 16 });
  while ((await crowd.tell("count")).delivered < messages * 20)
    await wait(messages <= FEW ? 1 : 50);
  await crowd.tell("quiet");
  await wait(500);
}
