/** A setting that is missing or wrong: its message names the variable and how to make a right one. */
export class ConfigurationProblem extends Error {
  override name = "ConfigurationProblem";
  constructor(
    readonly variable: string,
    what: string,
    remedy: string,
  ) {
    super(`${variable} ${what} ${remedy}`);
  }
}
