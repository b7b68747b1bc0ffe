import { tokensFor } from "../lib/crowd.mjs";
import { costOf, untilQuiet, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const PEOPLE = 50;

/** What one renewal on an open socket costs: verified, spent, stored, answered. */
export async function refresh({ quick, say }) {
  const rounds = quick ? 6 : 30;
  const ms = await withPeer(OURS, async ({ peer, crowd }) => {
    await crowd.connect(PEOPLE);
    const names = Array.from({ length: PEOPLE }, (_, index) => `p${index}`);
    const round = () => tokensFor(peer, names, { use: "refresh" });
    await crowd.tell("refreshes", { rounds: [await round(), await round()] });
    const all = await Promise.all(Array.from({ length: rounds }, round));
    await untilQuiet(peer);
    const { cpuSeconds } = await costOf(peer, () => crowd.tell("refreshes", { rounds: all }));
    return (cpuSeconds * 1_000) / (rounds * PEOPLE);
  });
  say(`refresh: ${ms.toFixed(3)} ms CPU`);
  return [
    {
      what: "server CPU per in-place refresh",
      measured: `${ms.toFixed(2)} ms`,
      bar: "≤ 0.5 ms",
      met: ms <= 0.5,
    },
  ];
}
