import type { Line } from "./log";

/**
 * A history that is cleared begins again with another epoch, and to the rules each epoch is a room of
 * its own: `annex`, before it `annex (1)`. What was told on a socket belongs to the epoch that the socket
 * was in; what a person said belongs wherever it came to, or else to the last.
 */
export function byEpoch(lines: readonly Line[]): Line[] {
  const epochs = new Map<string, string[]>();
  for (const line of lines) {
    if (line.ev === "cleared")
      epochs.set(line.room, [...(epochs.get(line.room) ?? []), line.epoch]);
  }
  if (epochs.size === 0) return [...lines];
  const nameOf = (room: string, epoch: string | undefined): string => {
    const at = epoch === undefined ? -1 : (epochs.get(room) ?? []).indexOf(epoch);
    return at < 0 ? room : `${room} (${at + 1})`;
  };
  const of = epochsOfLines(lines);
  const places = new Map<string, Set<string>>();
  const moved = lines.map((line, at) => {
    const room = nameOf(line.room, of[at]);
    if (line.ev === "ack" || line.ev === "recv" || line.ev === "truth") {
      const author = line.ev === "ack" ? line.user : line.author;
      const key = `${line.room} ${author} ${line.cid}`;
      places.set(key, (places.get(key) ?? new Set()).add(room));
    }
    return { ...line, room };
  });
  return moved.flatMap((line, at) => {
    const before = lines[at] as Line;
    if (before.ev !== "say") return [line];
    const found = places.get(`${before.room} ${before.user} ${before.cid}`) ?? [before.room];
    return [...found].map((room) => ({ ...line, room }));
  });
}

/** The epoch that each line speaks of, where it speaks of one. */
function epochsOfLines(lines: readonly Line[]): (string | undefined)[] {
  const socketOf = (line: Line) => ("socket" in line ? `${line.client} ${line.socket}` : "");
  const current = new Map<string, string>();
  const of = lines.map((line) => {
    if (!("socket" in line)) return "epoch" in line ? line.epoch : undefined;
    const known = current.get(socketOf(line));
    if (line.ev === "dial") return undefined;
    if ("epoch" in line && (line.ev === "conn" || line.ev === "reset")) {
      current.set(socketOf(line), line.epoch);
    }
    return "epoch" in line ? line.epoch : known;
  });
  // A dial asks for the epoch that it is welcomed to.
  const next = new Map<string, string>();
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] as Line;
    if (line.ev === "conn") next.set(socketOf(line), line.epoch);
    if (line.ev === "dial") of[at] = next.get(socketOf(line));
  }
  return of;
}
