import { setTimeout as wait } from "node:timers/promises";
import { crowdOf } from "./crowd.mjs";
import { startPeer } from "./peers.mjs";
import { usage } from "./system.mjs";

/** Runs `work({peer, crowd})` with a server and a process of clients of its own, and ends both. */
export async function withPeer(name, work) {
  const peer = await startPeer(name);
  let crowd;
  try {
    crowd = await crowdOf(peer);
    return await work({ peer, crowd });
  } finally {
    await crowd?.stop();
    await peer.stop();
  }
}

/** The same with several servers that run side by side: `work({name: {peer, crowd}, …})`. */
export const withPeers = ([name, ...more], work, stacks = {}) =>
  name === undefined
    ? work(stacks)
    : withPeer(name, (stack) => withPeers(more, work, { ...stacks, [name]: stack }));

/**
 * What each measured, `{name: [figures, …]}`. Whoever is measured a minute later has another machine: the
 * servers take turns, and the middle of each should count.
 */
export async function inTurns(names, rounds, measure) {
  const all = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) all[name].push(await measure(name));
  }
  return all;
}

/** Seconds of the server's processor time that some work took, and of the clock. */
export async function costOf({ pid }, work) {
  const before = usage(pid);
  const from = performance.now();
  const result = await work();
  const after = usage(pid);
  return {
    result,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    seconds: (performance.now() - from) / 1_000,
  };
}

/** Until the server does next to nothing: what is left over from the row before is not measured. */
export async function untilQuiet({ pid }, withinMs = 15_000) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const before = usage(pid).cpuSeconds;
    await wait(500);
    if (usage(pid).cpuSeconds - before <= 0.01 || performance.now() > deadline) return;
  }
}
