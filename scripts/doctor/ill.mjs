/** Why a check fails, and what to do about it: both for the person at the terminal. */
export class Ill extends Error {
  name = "Ill";
  constructor(what, remedy) {
    super(what);
    this.remedy = remedy;
  }
}

/** @throws Ill unless it holds */
export function must(holds, what, remedy) {
  if (!holds) throw new Ill(what, remedy);
}
