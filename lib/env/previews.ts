import { ConfigurationProblem } from "./problem";

/**
 * `https://`, one label with one `*` in it, and at least two labels more. On either side of the
 * star there may be letters, digits and hyphens; nothing else of an address.
 */
const PATTERN =
  /^https:\/\/([a-z0-9][a-z0-9-]*)\*([a-z0-9-]*)\.((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])$/;
const MIN_LITERAL_CHARACTERS = 3;
const MAX_LABEL_CHARACTERS = 63;

/** Whether an origin is one of those that a pattern of `APP_ORIGINS` means. */
export type OriginTest = (origin: string) => boolean;

/**
 * An entry of `APP_ORIGINS` that means the previews of the app: `https://guestlist-*-team.vercel.app`.
 * The star stands for a part of one label, never for a dot and never for the whole label: a host
 * like `vercel.app` gives labels to anybody. Directly under such a host, with nothing but its two
 * labels behind, the label needs an end of its own as well.
 * @throws ConfigurationProblem
 */
export function parsePreviewPattern(entry: string): OriginTest {
  const problem = (what: string) =>
    new ConfigurationProblem(
      "APP_ORIGINS",
      what,
      "A pattern for previews looks like https://guestlist-*-myteam.vercel.app: https, one *, in a part of the first label.",
    );
  const [, head = "", tail = "", rest = ""] = PATTERN.exec(entry) ?? [];
  if (!rest) throw problem("has a pattern that is none for previews.");
  if (head.length < MIN_LITERAL_CHARACTERS) {
    throw problem("has a pattern that nearly anybody's address fits: too little before the *.");
  }
  if (rest.split(".").length < 3 && tail.length < MIN_LITERAL_CHARACTERS) {
    throw problem("has a pattern that nearly anybody's address fits: too little after the *.");
  }
  const start = `https://${head}`;
  const end = `${tail}.${rest}`;
  return (origin) => {
    if (!origin.startsWith(start) || !origin.endsWith(end)) return false;
    const middle = origin.slice(start.length, origin.length - end.length);
    const label = head.length + middle.length + tail.length;
    return /^[a-z0-9-]+$/.test(middle) && label <= MAX_LABEL_CHARACTERS;
  };
}
