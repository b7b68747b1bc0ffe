import "server-only";
import type { Accounts, Person } from "../accounts/port";
import { countRequest } from "../auth/token-bucket";
import { ownPage } from "../party-api/room-pages";
import { download, Refusal } from "./errors";
import { logEvent } from "./log";

/** It reads a great deal: three at once, then one in ten minutes. */
const EXPORTS = { perMinute: 0.1, burst: 3 };
/** Pages of history that one export reads at the most; the file says where it stopped. */
const MAX_PAGES = 2_000;

/** @throws Refusal `rate_limited`, `signed_out` */
export async function exportAnswer(
  accounts: Accounts,
  userId: string,
  now: number,
): Promise<Response> {
  const wait = await countRequest(accounts.throttle, `export:${userId}`, EXPORTS, now);
  if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
  const person = await accounts.people.byId(userId);
  if (!person) throw new Refusal("signed_out");
  logEvent("account_exported", { user: userId });
  return download(exportAccount(accounts, person, now), "application/json", "guestlist.json");
}

type Chunk = [field: string, value: unknown];

/**
 * Everything the app and its rooms keep of one person, as one JSON object that is written while it
 * is read. A room that does not answer is named in `unread` instead of being passed over.
 */
export function exportAccount(accounts: Accounts, person: Person, now: number): ReadableStream {
  const encoder = new TextEncoder();
  const text = serialise(accounts, person, now);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return();
    },
  });
}

async function* serialise(
  accounts: Accounts,
  person: Person,
  now: number,
): AsyncGenerator<string, void> {
  let open = "{";
  for await (const [field, value] of profileOf(accounts, person, now)) {
    yield `${open}${JSON.stringify(field)}:${JSON.stringify(value)}`;
    open = ",\n";
  }
  yield `${open}"messages":[`;
  const left = { pages: MAX_PAGES };
  const unread: string[] = [];
  let between = "\n";
  for (const room of await roomsOf(accounts, person.id)) {
    for await (const messages of messagesIn(room, person.id, left)) {
      if (messages === null) unread.push(room);
      for (const message of messages ?? []) {
        yield between + JSON.stringify({ room, ...message });
        between = ",\n";
      }
    }
  }
  yield `\n],\n"unread":${JSON.stringify(unread)}}\n`;
}

async function* profileOf(
  accounts: Accounts,
  person: Person,
  now: number,
): AsyncGenerator<Chunk, void> {
  const { id, email, name, picture, createdAt } = person;
  yield ["exportedAt", now];
  yield ["profile", { id, email, name, picture, createdAt, hasPassword: !!person.passwordHash }];
  const sessions = await accounts.sessions.list(id, now);
  yield [
    "sessions",
    sessions.map(({ device, createdAt, lastSeenAt, expiresAt }) => {
      return { device, createdAt, lastSeenAt, expiresAt };
    }),
  ];
  yield ["rooms", await accounts.rooms.memberships(id)];
  yield ["hidden", await accounts.hidden.list(id)];
}

const roomsOf = async (accounts: Accounts, userId: string): Promise<string[]> => {
  const member = (await accounts.rooms.memberships(userId)).map(({ room }) => room);
  return [...new Set([...member, ...(await accounts.mints.everIn(userId))])];
};

/** A person's messages in one room, newest first; null at the end where not all could be read. */
async function* messagesIn(room: string, userId: string, left: { pages: number }) {
  let before: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof ownPage>> =
      left.pages-- > 0 ? await ownPage(room, userId, before) : null;
    yield page && page.messages.map(({ user: _, ...message }) => message);
    before = page?.next ?? null;
  } while (before !== null);
}
