/** Preloaded into the app: its clock is off by CLOCK_SKEW_MS. */
const offset = Number(process.env.CLOCK_SKEW_MS);
const TrueDate = Date;
globalThis.Date = class extends TrueDate {
  constructor(...args) {
    super(...(args.length > 0 ? args : [TrueDate.now() + offset]));
  }
  static now() {
    return TrueDate.now() + offset;
  }
};
