import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { costOf, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";

const PEOPLE = 50;

/** A room in which nothing happens: it sleeps, and costs nothing. */
export async function idle({ quick, say }) {
  const seconds = quick ? 15 : 40;
  const { frames, written, woke, cpu, slept } = await withPeer(OURS, async ({ peer, crowd }) => {
    await crowd.connect(PEOPLE);
    // It falls asleep after ten seconds; its database is put in order as it does.
    await wait(15_000);
    const before = { frames: await crowd.tell("frames"), files: stamp(peer.stateDir) };
    const wakings = () => peer.log.filter((line) => line.includes("room_woke")).length;
    const wokeBefore = wakings();
    const { cpuSeconds } = await costOf(peer, () => wait(seconds * 1_000));
    const quiet = {
      frames: (await crowd.tell("frames")) - before.frames,
      written: stamp(peer.stateDir) !== before.files,
      woke: wakings() - wokeBefore,
      cpu: cpuSeconds / seconds,
    };
    // Whether it slept shows when it is woken: then it loads what it keeps.
    await crowd.tell("ping");
    await wait(200);
    return { ...quiet, slept: wakings() > wokeBefore + quiet.woke };
  });
  const found = [
    slept ? "hibernated" : "stayed awake",
    `${woke} alarms or other wakings`,
    written ? "its storage was written" : "no write",
    `${frames} frames`,
    `${(cpu * 100).toFixed(1)} % of one core (the runner's)`,
  ].join(", ");
  say(`idle: ${found}`);
  return [
    {
      what: `idle room, ${PEOPLE} connections, ${seconds} s`,
      measured: found,
      bar: "hibernates; no alarm, no write, no frame",
      met: slept && woke === 0 && !written && frames === 0,
    },
  ];
}

/** The size and the time of the last write of each file that the rooms are kept in. */
function stamp(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name));
  return files
    .map((file) => [file, statSync(file)])
    .filter(([, stat]) => stat.isFile())
    .map(([file, { size, mtimeMs }]) => `${file} ${size} ${mtimeMs}`)
    .join("\n");
}
