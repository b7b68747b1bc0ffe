import { tellTabs } from "./account-channel";

/**
 * The way to a provider leaves the page, and the answer that signs in runs no script. So the tab keeps
 * a note of where it went, and the first page it draws for a signed-in person tells the others.
 */
const NOTE = "guestlist.with-provider";

export function noteDeparture(): void {
  try {
    sessionStorage.setItem(NOTE, "1");
  } catch {
    // A browser without storage: the other tabs find out when they next ask the server.
  }
}

/** True once after `noteDeparture`. */
export function takeNote(): boolean {
  try {
    const noted = sessionStorage.getItem(NOTE) !== null;
    if (noted) sessionStorage.removeItem(NOTE);
    return noted;
  } catch {
    return false;
  }
}

/** For every page of a signed-in person. Who gave up half-way costs the others one question. */
export function tellReturn(): void {
  if (takeNote()) tellTabs("signed_in");
}
