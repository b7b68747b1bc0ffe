/** "(3)", "(99+)", "(@3)" where one of them mentions the reader; empty for nothing. */
export function badgeWords(count: number, mentioned: boolean): string {
  if (count === 0) return "";
  return `(${mentioned ? "@" : ""}${count > 99 ? "99+" : count})`;
}
