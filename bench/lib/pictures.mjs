/** Pictures of measurements as SVG, readable on a light and on a dark page. */
const WIDTH = 720;
const INK = "#777";
const COLOURS = ["#3b7dd8", "#d9822b", "#2e9e6b", "#a04bc4", "#c2484a", "#8a8f98", "#e0a100"];
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const plainly = (label) => escape(label.replace(/[`*]/g, ""));
const short = (value) =>
  value >= 1e6
    ? `${(value / 1e6).toFixed(2)} M`
    : value >= 1e3
      ? `${(value / 1e3).toFixed(value >= 1e5 ? 0 : 1)} k`
      : value.toFixed(0);

const page = (height, title, body) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escape(title)}</title>`,
    `<text x="8" y="22" font-size="15" font-weight="600">${escape(title)}</text>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");

/** One bar per thing, longest first told, lengths in proportion. `bars`: `[{label, value, ours}]`. */
export function bars(title, all) {
  const sorted = [...all].sort((a, b) => b.value - a.value);
  const most = sorted[0].value;
  const rows = sorted.flatMap(({ label, value, ours }, index) => {
    const y = 44 + index * 30;
    const length = Math.max(1, (value / most) * 380);
    return [
      `<text x="8" y="${y + 15}"${ours ? ' font-weight="600"' : ""}>${plainly(label)}</text>`,
      `<rect x="230" y="${y}" width="${length.toFixed(1)}" height="20" rx="3" fill="${ours ? COLOURS[1] : COLOURS[5]}"/>`,
      `<text x="${(238 + length).toFixed(1)}" y="${y + 15}">${short(value)}</text>`,
    ];
  });
  return page(60 + sorted.length * 30, title, rows);
}

/** Lines over percentiles. `lines`: `[{label, points: [[percent, ms], …]}]`, the first axis by rank. */
export function percentiles(title, lines) {
  const ranks = lines[0].points.map(([share]) => share);
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([, ms]) => ms)));
  const x = (index) => 60 + (index / (ranks.length - 1)) * 620;
  const y = (ms) => 300 - (ms / most) * 240;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    `<line x1="60" x2="680" y1="${y(part * most)}" y2="${y(part * most)}" stroke="${INK}" stroke-opacity=".25"/>`,
    `<text x="52" y="${y(part * most) + 4}" text-anchor="end">${(part * most).toFixed(1)}</text>`,
  ]);
  const foot = ranks.map(
    (share, index) => `<text x="${x(index)}" y="320" text-anchor="middle">p${share}</text>`,
  );
  const drawn = lines.flatMap(({ label, points }, index) => [
    `<polyline fill="none" stroke="${COLOURS[index]}" stroke-width="2" points="${points.map(([, ms], at) => `${x(at).toFixed(1)},${y(ms).toFixed(1)}`).join(" ")}"/>`,
    `<text x="${70 + (index % 2) * 300}" y="${348 + Math.floor(index / 2) * 20}" fill="${COLOURS[index]}">${plainly(label)}</text>`,
  ]);
  return page(380, title, [...grid, ...foot, ...drawn]);
}
