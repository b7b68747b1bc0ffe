/** The field in which one writes, where the page has one. */
export const messageField = (): HTMLTextAreaElement | null =>
  document.querySelector<HTMLTextAreaElement>("textarea[name=message]");

let goingTo: string | null = null;

/** Who goes to a room by keyboard goes there to write: its field takes the focus when it is here. */
export function writeIn(room: string): void {
  goingTo = room;
}

/** True once, for the room that was gone to last. */
export function arrivesToWrite(room: string): boolean {
  const arrives = goingTo === room;
  goingTo = null;
  return arrives;
}
