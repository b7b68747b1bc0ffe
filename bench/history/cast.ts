/** Who sits where. One room talks without a pause, one talks less, one sleeps between its words. */
export interface Seat {
  user: string;
  room: string;
  /** Several tabs of one person in one room. */
  nth: number;
}

export interface RoomPart {
  /** Mean time between two messages of a tab; `beatMs`: all of them speak at once, and are silent between. */
  everyMs?: number;
  beatMs?: number;
  leaseSeconds: number;
}

/** Longer than the engine keeps an idle room in memory. */
const SLEEP_MS = 14_000;

export const ROOMS: Readonly<Record<string, RoomPart>> = {
  hall: { everyMs: 45, leaseSeconds: 6 },
  annex: { everyMs: 60, leaseSeconds: 6 },
  /** For short runs: three seconds are the shortest lease that the app gives. */
  brief: { everyMs: 50, leaseSeconds: 3 },
  // A renewal wakes it, and so does the end of the lease before: its leases outlast many silences.
  sleepy: { beatMs: SLEEP_MS, leaseSeconds: 300 },
};

const SEATS: Readonly<Record<string, readonly string[]>> = {
  hall: ["ada", "ada", "grace", "grace", "linus", "mary", "alan"],
  annex: ["ada", "linus", "mary", "alan"],
  sleepy: ["grace", "alan"],
};

export const CAST: readonly Seat[] = Object.entries(SEATS).flatMap(([room, users]) =>
  users.map((user, at) => ({
    user,
    room,
    nth: users.slice(0, at + 1).filter((u) => u === user).length,
  })),
);

export const seatName = ({ user, room, nth }: Seat): string => `${user}/${room}/${nth}`;
