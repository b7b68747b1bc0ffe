import { COSTS, OBJECT, PRICES } from "./scaling/costs.mjs";
import { table } from "./scaling/table.mjs";

/**
 * How far one room goes and how many objects a larger one needs, simulated: prints the tables of
 * docs/SCALING.md. `node bench/scaling.mjs socketMs=0.02 hopMs=30` counts with other costs.
 */
const changed = Object.fromEntries(
  process.argv.slice(2).map((word) => {
    const [name = "", value] = word.split("=");
    if (!(name in COSTS) || !(Number(value) >= 0)) {
      process.stderr.write(`Not a cost: ${word}. There are: ${Object.keys(COSTS).join(" ")}\n`);
      process.exit(1);
    }
    return [name, Number(value)];
  }),
);
process.stdout.write(`${table({ ...COSTS, ...changed }, OBJECT, PRICES)}\n`);
