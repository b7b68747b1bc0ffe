/**
 * What was typed and not sent, per person and room, for this tab. A person who signs in after
 * another in the same tab does not find the other's words.
 */
const key = (person: string, room: string) => `guestlist.draft:${person}:${room}`;

/** The kept draft; empty where there is none or storage is not allowed. */
export function readDraft(person: string, room: string): string {
  try {
    return sessionStorage.getItem(key(person, room)) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a draft; an empty one is forgotten. */
export function keepDraft(person: string, room: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key(person, room), text);
    else sessionStorage.removeItem(key(person, room));
  } catch {
    // Storage may be full or forbidden: the text is still in the field.
  }
}
