import "server-only";
import { hash, type Options, parseOptions, verify } from "@node-rs/argon2";
import { createQueue } from "../api/queue";

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane at the least. */
const PARAMETERS = {
  // The package declares a `const enum`, which isolated modules cannot read: 2 is Argon2id.
  algorithm: 2 as NonNullable<Options["algorithm"]>,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/**
 * libuv has four threads for everything, file reads and DNS included; hashing takes two of them at
 * the most. 19 MiB each, so memory is bounded too. 256 are about four seconds of work.
 */
const inTurn = createQueue({ name: "password", atOnce: 2, waiting: 256 });

/**
 * NFKC (NIST SP 800-63B-4 section 3.1.1.2): a password typed on two keyboards or systems, composed
 * or decomposed, full width or not, is the same one.
 */
const normalise = (password: string): string => password.normalize("NFKC");

/**
 * A PHC string of argon2id with a fresh salt.
 * @throws Busy where too many people are waiting for the processor already.
 */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalise(password), PARAMETERS));

let dummy: Promise<string> | undefined;
/** The hash of a password nobody has, made once with the same parameters. */
const dummyHash = (): Promise<string> =>
  (dummy ??= hash(crypto.getRandomValues(new Uint8Array(32)), PARAMETERS));

export interface Verdict {
  ok: boolean;
  /** The stored hash is weaker than what we make today: store a new one now that the password is known. */
  outdated: boolean;
}

/**
 * Compares a password with a stored hash. Without a hash (nobody, or a person who signs in through
 * a provider) it does the same work against a dummy and fails, so the time tells nothing.
 * @throws Busy
 */
export async function verifyPassword(stored: string | null, password: string): Promise<Verdict> {
  const against = stored ?? (await dummyHash());
  // A damaged hash throws; that is a wrong password, not an error page.
  const matches = await inTurn(() => verify(against, normalise(password)).catch(() => false));
  const ok = matches && stored !== null;
  return { ok, outdated: ok && isOutdated(against) };
}

function isOutdated(stored: string): boolean {
  const { algorithm, memoryCost, timeCost } = parseOptions(stored);
  return (
    algorithm !== PARAMETERS.algorithm ||
    memoryCost < PARAMETERS.memoryCost ||
    timeCost < PARAMETERS.timeCost
  );
}
