/** A message's place in the page, and in links to it: `/rooms/general#m-12`. */
export const anchorOf = (seq: number): string => `m-${seq}`;

/** The message that an address points at, or null. */
export function seqOf(hash: string): number | null {
  const found = /^#m-([1-9]\d{0,14})$/.exec(hash);
  return found ? Number(found[1]) : null;
}

/** The address of one message, to be given to others. */
export const linkTo = (seq: number, { origin, pathname }: Pick<Location, "origin" | "pathname">) =>
  `${origin}${pathname}#${anchorOf(seq)}`;
