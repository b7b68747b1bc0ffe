import { nanoid } from "nanoid";
import type { ClientDeps } from "./deps";
import { browserEnvironment } from "./environment";
import type { OutboxStorage } from "./outbox-storage";
import { openPartySocket } from "./socket";

/** The browser. Nothing of it is touched before it is used, so a server can import this file. */
export const browserDeps: ClientDeps = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  fetch: (...args) => fetch(...args),
  openSocket: openPartySocket,
  environment: browserEnvironment,
  get storage() {
    return sessionStorageOrNull();
  },
  // `crypto.randomUUID` is missing on plain-http addresses of a local network.
  newId: () => nanoid(),
};

/** Reading the property alone throws where a person has forbidden all storage. */
function sessionStorageOrNull(): OutboxStorage | null {
  try {
    return typeof window === "undefined" ? null : window.sessionStorage;
  } catch {
    return null;
  }
}
