/** What measurements print: percentiles, bins per second, and whether a promise holds. */

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const spread = (values, shares = [0.5, 0.95, 0.99]) =>
  [...shares.map((share) => `p${share * 100} ${ms(percentile(values, share))}`)]
    .concat(`max ${ms(Math.max(...values))}`)
    .join("  ");

/** Counts per second, from second 0 to the last. Times in milliseconds. */
export function perSecond(times) {
  const bins = [];
  for (const time of times) {
    const second = Math.floor(time / 1_000);
    while (bins.length <= second) bins.push(0);
    bins[second]++;
  }
  return bins;
}

/** The share of all that the busiest second holds, wherever that second begins. */
export function busiestSecond(times) {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while (time - sorted[from] >= 1_000) from++;
    most = Math.max(most, index - from + 1);
  });
  return sorted.length ? most / sorted.length : 0;
}

export const percent = (share) => `${(share * 100).toFixed(1)} %`;

export const say = (text = "") => void process.stdout.write(`${text}\n`);

/** Says a promise with its figure, and makes the command fail where it does not hold. */
export function promise(text, figure, holds) {
  say(`${holds ? "holds" : "BROKEN"}  ${text}: ${figure}`);
  if (!holds) process.exitCode = 1;
}
