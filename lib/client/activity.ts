import { AWAY_AFTER_MS, type ClientFrame } from "../protocol";
import type { ClientDeps } from "./deps";
import type { EnvironmentEvent } from "./environment";

/** Active or away: away while the page is hidden or nobody has touched it for five minutes. */
export function createActivity(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout" | "environment">,
  send: (frame: ClientFrame) => boolean,
) {
  let touchedAt = deps.now();
  let told: "active" | "away" = "active";
  let timer: unknown;

  /** Tells the party where it does not know yet. Called often; says something rarely. */
  function sync(): void {
    const idle = deps.now() - touchedAt >= AWAY_AFTER_MS;
    const status = idle || !deps.environment.visible() ? "away" : "active";
    if (status !== told && send({ type: "presence.set", status })) told = status;
  }

  function watch(): void {
    deps.clearTimeout(timer);
    const left = touchedAt + AWAY_AFTER_MS - deps.now();
    // One timer per five minutes, not one per key: it looks again when it fires.
    timer = deps.setTimeout(
      () => {
        sync();
        if (deps.now() - touchedAt < AWAY_AFTER_MS) watch();
      },
      Math.max(0, left),
    );
  }

  return {
    sync,
    start() {
      touchedAt = deps.now();
      watch();
    },
    stop: () => deps.clearTimeout(timer),
    /** The party takes every new connection for an active one. */
    welcomed() {
      told = "active";
      sync();
    },
    note(event: EnvironmentEvent) {
      if (event === "input" || event === "wake") {
        const wasIdle = deps.now() - touchedAt >= AWAY_AFTER_MS;
        touchedAt = deps.now();
        if (wasIdle) watch();
      }
      sync();
    },
  };
}
