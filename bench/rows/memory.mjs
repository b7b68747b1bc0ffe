import { setTimeout as wait } from "node:timers/promises";
import { heldBy } from "../lib/heap.mjs";
import { withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const KB = 1_024;
const BARE = "partykit-bare";

/**
 * Memory of the runtime that several hundred idle connections add, once nothing happens any more and
 * garbage is collected on every side: before they come and after.
 */
export async function memory({ quick, say }) {
  const people = quick ? 300 : 900;
  const figures = {};
  for (const name of [BARE, OURS]) {
    figures[name] = await withPeer(name, async ({ peer, crowd }) => {
      await crowd.connect(100, 0, "first");
      // An idle room of ours is evicted after some ten seconds.
      await wait(quick ? 3_000 : 16_000);
      const before = await heldBy(peer);
      await crowd.connect(people, 0, "then");
      await wait(quick ? 5_000 : 16_000);
      const after = await heldBy(peer);
      const each = (of) => (after[of] - before[of]) / people / KB;
      return { held: each("bytes"), heap: each("heapBytes") };
    });
    const { held, heap } = figures[name];
    say(`memory ${name}: ${held.toFixed(1)} KB a connection, ${heap.toFixed(2)} KB of it in heaps`);
  }
  const { [OURS]: ours, [BARE]: bare } = figures;
  const ratio = ours.held / bare.held;
  return [
    {
      what: "memory per idle connection (the runtime's, garbage collected)",
      measured:
        `${ours.held.toFixed(1)} KB, ${ratio.toFixed(2)} × bare PartyKit (${bare.held.toFixed(1)} KB); ` +
        `in heaps of scripts ${ours.heap.toFixed(1)} KB (${bare.heap.toFixed(1)} KB)`,
      bar: "≤ 1.1 × bare PartyKit",
      met: ratio <= 1.1,
    },
  ];
}
