/** Some twenty lines of the column, twice as many on a phone. */
const LONG_CHARACTERS = 1_500;
const LONG_LINES = 20;

/** True where a message would push away what others say: it is shown folded at first. */
export const isLong = (text: string): boolean =>
  text.length > LONG_CHARACTERS ||
  (text.length > LONG_LINES && text.split("\n", LONG_LINES + 1).length > LONG_LINES);
