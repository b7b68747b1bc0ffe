import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** What every log line of one request says beside its own fields. */
export interface RequestFields {
  request: string;
  /** The person, once the session has named them. */
  user?: string;
}

// Kept on the process: a bundle may hold this file more than once, and they must mean the same.
const shared = globalThis as { guestlistRequests?: AsyncLocalStorage<RequestFields> };
const storage = (shared.guestlistRequests ??= new AsyncLocalStorage());

/** Does `work`, and what it leaves in the background, as part of the request with this id. */
export const inRequest = <T>(id: string, work: () => T): T => storage.run({ request: id }, work);

/** The fields of the request that is being answered; nothing outside of one. */
export const currentRequest = (): Partial<RequestFields> => storage.getStore() ?? {};

/** From here on the lines of this request name the person who asks. */
export function namePerson(user: string): void {
  const fields = storage.getStore();
  if (fields) fields.user = user;
}
