import { useSyncExternalStore } from "react";

/** What a person has chosen for this browser, beside the theme. All are switches. */
const DEFAULTS = { singleKeys: true, notifications: false, notificationSound: false };
export type Preference = keyof typeof DEFAULTS;

const CHANGED = "guestlist:preferences";
const keyOf = (name: Preference) => `guestlist:${name}`;

/** Where a browser keeps nothing for us the defaults hold. */
export function preference(name: Preference): boolean {
  try {
    const kept = localStorage.getItem(keyOf(name));
    return kept === null ? DEFAULTS[name] : kept === "on";
  } catch {
    return DEFAULTS[name];
  }
}

export function choose(name: Preference, on: boolean): void {
  try {
    localStorage.setItem(keyOf(name), on ? "on" : "off");
  } catch {
    // Not kept: the switch shows what holds.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** Changes in this page, and in the other tabs of this browser. */
function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}

export const usePreference = (name: Preference): boolean =>
  useSyncExternalStore(
    subscribe,
    () => preference(name),
    () => DEFAULTS[name],
  );
