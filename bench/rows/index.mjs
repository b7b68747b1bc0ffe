import { dial } from "./dial.mjs";
import { fanout } from "./fanout.mjs";
import { idle } from "./idle.mjs";
import { latency } from "./latency.mjs";
import { limits } from "./limits.mjs";
import { memory } from "./memory.mjs";
import { opening } from "./opening.mjs";
import { page } from "./page.mjs";
import { presence } from "./presence.mjs";
import { refresh } from "./refresh.mjs";
import { token } from "./token.mjs";

/** The rows of docs/BENCHMARKS.md, by the name under which each is run alone. */
export const ROWS = {
  fanout,
  latency,
  dial,
  refresh,
  memory,
  token,
  opening,
  presence,
  idle,
  page,
  limits,
};
