/** Prometheus' text format, version 0.0.4, for app and party alike. Pure. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export type Labels = Record<string, string>;

export interface Sample {
  value: number;
  labels?: Labels;
  /** `_bucket`, `_sum` and `_count` of histograms and summaries. */
  suffix?: string;
}

export interface Family {
  name: string;
  type: "counter" | "gauge" | "histogram" | "summary";
  help: string;
  samples: readonly Sample[];
}

export function exposition(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) =>
      [
        `# HELP ${name} ${help.replace(/\\/g, "\\\\").replace(/\n/g, "\\n")}`,
        `# TYPE ${name} ${type}`,
        ...samples.map((sample) => `${name}${line(sample)}`),
        "",
      ].join("\n"),
    )
    .join("");
}

function line({ value, labels = {}, suffix = "" }: Sample): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`);
  return `${suffix}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${number(value)}`;
}

const escaped = (text: string): string =>
  text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

/** Whether an `Accept` header asks for this format; a bare `*` does not. */
export const wantsPrometheus = (accept: string | null): boolean =>
  /\b(text\/plain|application\/openmetrics-text)\b/i.test(accept ?? "");
