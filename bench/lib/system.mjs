import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** What the operating system says of processes. Linux only: where there is no /proc nothing is measured. */
export const HAS_PROC = existsSync("/proc/self/stat");
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** A process and everything it has started, by the operating system's account. */
export function treeOf(root) {
  const children = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(name)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [root];
  for (let at = 0; at < all.length; at++) all.push(...(children.get(all[at]) ?? []));
  return all;
}

/** Seconds of processor time (user and system) and resident bytes of a whole tree so far. */
export function usage(root) {
  const all = treeOf(root).map(usageOf);
  const sum = (name) => all.reduce((total, one) => total + one[name], 0);
  return { cpuSeconds: sum("cpuSeconds"), bytes: sum("bytes") };
}

/** The same of one process; nothing where it has ended. */
export function usageOf(pid) {
  const stat = statOf(pid);
  if (!stat) return { cpuSeconds: 0, bytes: 0 };
  const cpuSeconds = (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND;
  return { cpuSeconds, bytes: Number(stat[21]) * PAGE_BYTES };
}

/**
 * Server on the first core, clients on the others, so that neither takes the other's time.
 * Without taskset, or on one core, the system decides.
 */
const canPin = cpus().length > 1 && spawnSync("taskset", ["-V"]).status === 0;
export const serverCores = canPin ? "0" : null;
export const clientCores = canPin ? `1-${cpus().length - 1}` : null;

export function pin(root, cores) {
  if (cores === null) return;
  for (const pid of treeOf(root)) spawnSync("taskset", ["-acp", cores, String(pid)]);
}

export const machine = () => ({
  cores: cpus().length,
  model: cpus()[0]?.model.trim() ?? "unknown",
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  pinned: canPin,
});
