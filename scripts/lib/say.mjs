/** What the commands print: short lines, colour only where a terminal shows it. */
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);

export const say = (text = "") => process.stdout.write(`${text}\n`);
export const step = (text) => say(`${dim("·")} ${text}`);

/** An error whose text is for the person at the terminal: what happened and what to do. */
export class Stop extends Error {}

/** Runs a command's main function; a `Stop` becomes one clear sentence and a non-zero status. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    const text = error instanceof Stop ? error.message : (error?.stack ?? String(error));
    process.stderr.write(`\n${red("Stopped:")} ${text}\n`);
    process.exit(1);
  }
}
