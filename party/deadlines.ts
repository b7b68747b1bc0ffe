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

  /** Nothing to wait for where no alarm has to be set. */
  set({ durable, soon }: ReturnType<typeof nextDeadlines>): Promise<void> | undefined {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    if (soon !== null) {
      this.timer = setTimeout(
        () => {
          this.due().catch((error) => logFault("tick_failed", error));
        },
        Math.max(0, soon - Date.now()),
      );
    }
    // An alarm that is early costs a look; one that is late costs a deadline.
    if (durable === null || (this.alarmAt !== null && durable >= this.alarmAt)) return;
    return this.setAlarm(durable);
  }

  private async setAlarm(at: number): Promise<void> {
    try {
      await this.storage.setAlarm(at);
      this.alarmAt = at;
    } catch (error) {
      logFault("schedule_failed", error);
    }
  }
}
