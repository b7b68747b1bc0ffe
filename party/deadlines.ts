import type { nextDeadlines } from "../lib/room/lease";
import type { Storage } from "./engine";
import { logFault } from "./log";

/**
 * Wakes a room when something is due: by an alarm, which outlives hibernation, where somebody's
 * authorisation hangs on it, and by a timer where it is good enough while the room is awake.
 */
export class Deadlines {
  private alarmAt: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly storage: Pick<Storage, "getAlarm" | "setAlarm">,
    private readonly due: () => Promise<void>,
  ) {}

  /** What was set before the room slept. */
  async load(): Promise<void> {
    this.alarmAt = await this.storage.getAlarm();
  }

  /** The alarm went off: there is none now. */
  rang(): void {
    this.alarmAt = null;
  }

  async set({ durable, soon }: ReturnType<typeof nextDeadlines>): Promise<void> {
    // An alarm that is early costs a look; one that is late costs a deadline.
    if (durable !== null && (this.alarmAt === null || durable < this.alarmAt)) {
      await this.storage.setAlarm(durable);
      this.alarmAt = durable;
    }
    if (this.timer !== undefined) clearTimeout(this.timer);
    if (soon === null) return;
    const wait = Math.max(0, soon - Date.now());
    this.timer = setTimeout(() => {
      this.due().catch((error) => logFault("tick_failed", error));
    }, wait);
  }
}
