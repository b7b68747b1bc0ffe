import type { ServerEnv } from "../env/server";
import { CLOCK_TOLERANCE_SECONDS, GRACE_SECONDS } from "../protocol/limits";

/** Milliseconds after which nothing that a token minted now gave can still be open. */
export const longestHoldMs = ({
  tokenSeconds,
  leaseSeconds,
}: Pick<ServerEnv, "tokenSeconds" | "leaseSeconds">): number =>
  (tokenSeconds + CLOCK_TOLERANCE_SECONDS + leaseSeconds + GRACE_SECONDS.max) * 1_000;
