import type { ProbeEvent } from "@/lib/client/inspect/probe";
import { Section } from "./section";

/** What happened to the authorisation, newest first; seconds since the page was opened. */
export function Timeline({ events }: { events: readonly ProbeEvent[] }) {
  return (
    <Section title="Timeline">
      <ol aria-label="Events" className="grid gap-1 text-small">
        {events.map(({ id, at, what }) => (
          <li key={id} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-3">
            <span className="tabular text-quiet">{(at / 1_000).toFixed(2)} s</span>
            <span className="font-mono break-words">{what}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
