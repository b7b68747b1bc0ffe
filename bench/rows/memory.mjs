import { setTimeout as wait } from "node:timers/promises";
import { withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";
import { usage } from "../lib/system.mjs";

const KB = 1_024;

/** Resident memory that a thousand idle connections add, once nothing happens any more. */
export async function memory({ quick, say }) {
  const people = quick ? 300 : 900;
  const figures = {};
  for (const name of ["ws", "partykit-bare", OURS]) {
    figures[name] = await withPeer(name, async ({ peer, crowd }) => {
      await crowd.connect(100, 0, "first");
      await wait(3_000);
      const before = usage(peer.pid).bytes;
      await crowd.connect(people, 0, "then");
      // An idle room of ours is evicted after some ten seconds.
      await wait(quick ? 5_000 : 16_000);
      return (usage(peer.pid).bytes - before) / people / KB;
    });
    say(`memory ${name}: ${figures[name].toFixed(1)} KB a connection`);
  }
  const ratio = figures[OURS] / figures["partykit-bare"];
  return [
    {
      what: "memory per idle connection",
      measured: `${figures[OURS].toFixed(1)} KB, ${ratio.toFixed(2)} × bare PartyKit (${figures["partykit-bare"].toFixed(1)} KB)`,
      bar: "≤ 1.1 × bare PartyKit",
      met: ratio <= 1.1,
    },
  ];
}
