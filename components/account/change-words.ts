import { wait } from "../ui/format";

/** What to tell somebody whose change was refused, where no field says it. */
export function changeWords(
  { code, retryAfterSeconds }: { code: string; retryAfterSeconds?: number | undefined },
  kept: string,
): string {
  switch (code) {
    case "rate_limited":
      return `Too many tries. ${kept} Try again in ${wait(retryAfterSeconds ?? 60)}.`;
    case "signed_out":
      return `You’re signed out. ${kept} Sign in again, then repeat this.`;
    case "sign_in_again":
      return `Your sign-in is too old for this. ${kept} Sign out, sign in, and come back within ten minutes.`;
    case "conflict":
      return "Your password was changed somewhere else a moment ago. If that was not you, sign out everywhere.";
    case "forbidden":
      return "You sign in without a password, so there is none to change.";
    default:
      return `The server did not answer. ${kept} Try again.`;
  }
}
