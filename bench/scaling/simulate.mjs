import { coordinatorGatherMs, gatherMs } from "./costs.mjs";

/**
 * A room of `people` of whom all together say `perSecond` messages, on one object (`relays` 0) or on a
 * coordinator that orders and stores and `relays` objects that hold the sockets. Time is simulated:
 * each object does one thing after another and takes what `costs` says. Two calls with one seed are
 * the same run.
 *
 * Gives the ms from a message to its arrival at the last of its readers (p50, p99), and the share of
 * its time that the busiest object of each kind works.
 */
export function simulate({ people, perSecond, relays = 0, seconds = 30, seed = 1, costs }) {
  const random = mulberry32(seed);
  const endsAt = seconds * 1_000;
  const sent = [];
  for (let at = 0; (at += (-Math.log(1 - random()) * 1_000) / perSecond) < endsAt;) {
    sent.push({ said: at, at });
  }
  const share = relays === 0 ? people : Math.ceil(people / relays);
  const apart = (tookMs) => gatherMs(share, tookMs);
  const fanOut = (count) => share * (costs.socketMs + count * costs.deliveryMs);

  if (relays === 0) {
    const one = worker(apart, (count) => costs.turnMs + count * costs.messageMs + fanOut(count));
    const done = one.run(sent);
    return result(
      done.map(({ said, at }) => at - said),
      { room: one.busyMs / endsAt },
    );
  }

  // In: a relay gathers what its own people say and passes it on as one batch.
  const inward = sent.map((one) => ({ ...one, relay: Math.floor(random() * relays) }));
  const ordered = [];
  const relayBusyMs = Array.from({ length: relays }, () => 0);
  for (let relay = 0; relay < relays; relay++) {
    const door = worker(apart, (count) => costs.hopCpuMs + (count * costs.messageMs) / 2);
    const passed = door.run(inward.filter((one) => one.relay === relay));
    ordered.push(...passed.map(({ said, at }) => ({ said, at: at + costs.hopMs })));
    relayBusyMs[relay] += door.busyMs;
  }
  ordered.sort((a, b) => a.at - b.at);

  // There: one order, one write, one batch to each relay.
  const coordinator = worker(
    () => coordinatorGatherMs(relays),
    (count) => costs.turnMs + count * costs.messageMs + relays * costs.hopCpuMs,
  );
  const stored = coordinator.run(ordered).map(({ said, at }) => ({ said, at: at + costs.hopMs }));

  // Out: all relays do the same work at nearly the same time; one of them stands for the slowest.
  const out = worker(apart, (count) => costs.hopCpuMs + fanOut(count));
  const done = out.run(stored);
  return result(
    done.map(({ said, at }) => at - said),
    {
      coordinator: coordinator.busyMs / endsAt,
      relay: (Math.max(...relayBusyMs) + out.busyMs) / endsAt,
    },
    // Batches that came in over sockets between the objects, for the bill.
    { batches: relays * (out.turns + coordinator.turns) },
  );
}

/**
 * One object: takes all that waits in one turn. Turns begin at least `apartMs` apart, which may depend on
 * how long the last one took that some shared.
 */
function worker(apartMs, costOf) {
  return {
    busyMs: 0,
    turns: 0,
    run(jobs) {
      const done = [];
      let [next, freeAt, beganAt, tookMs] = [0, 0, -Infinity, 0];
      while (next < jobs.length) {
        const start = Math.max(jobs[next].at, freeAt, beganAt + apartMs(tookMs));
        const from = next;
        while (next < jobs.length && jobs[next].at <= start) next++;
        const ms = costOf(next - from);
        for (const job of jobs.slice(from, next)) done.push({ ...job, at: start + ms });
        [freeAt, beganAt] = [start + ms, start];
        tookMs = next - from > 1 ? ms : 0;
        this.busyMs += ms;
        this.turns++;
      }
      return done;
    },
  };
}

function result(times, busy, more = {}) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
  return { p50: at(0.5), p99: at(0.99), busy, messages: times.length, ...more };
}

/** A small seeded generator (Tommy Ettinger, public domain). */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
