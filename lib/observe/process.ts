import "server-only";
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Family } from "./exposition";

const RESOLUTION_MS = 20;
const NS = 1e9;

const shared = globalThis as { guestlistLoop?: IntervalHistogram };

/** Begins to measure how late the event loop is; called when the server starts. */
export function watchProcess(): IntervalHistogram {
  if (!shared.guestlistLoop) {
    shared.guestlistLoop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    shared.guestlistLoop.enable();
  }
  return shared.guestlistLoop;
}

/**
 * The process itself, under the names that Prometheus' own clients use, so that common dashboards
 * fit. The lag is that since the last look.
 */
export function processFamilies(): Family[] {
  const loop = watchProcess();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    type: "gauge",
    help,
    samples: [{ value }],
  });
  // A loop that was not measured yet says NaN; the resolution itself is no lag.
  const late = (ns: number) =>
    Number.isFinite(ns) ? Math.max(0, ns / NS - RESOLUTION_MS / 1000) : 0;
  const families: Family[] = [
    gauge("process_resident_memory_bytes", "Resident memory.", rss),
    gauge("nodejs_heap_size_used_bytes", "Used heap.", heapUsed),
    gauge("nodejs_heap_size_total_bytes", "Heap.", heapTotal),
    gauge("nodejs_external_memory_bytes", "Memory outside of the heap.", external),
    {
      name: "process_cpu_seconds_total",
      type: "counter",
      help: "Processor time.",
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge(
      "process_start_time_seconds",
      "Start, in seconds since the Unix epoch.",
      Math.round(Date.now() / 1000 - process.uptime()),
    ),
    gauge("nodejs_eventloop_lag_mean_seconds", "Mean lag since the last look.", late(loop.mean)),
    gauge(
      "nodejs_eventloop_lag_p99_seconds",
      "Lag since the last look, 99th percentile.",
      late(loop.percentile(99)),
    ),
    gauge("nodejs_eventloop_lag_max_seconds", "Longest lag since the last look.", late(loop.max)),
  ];
  loop.reset();
  return families;
}
