/**
 * The id by which people know a room. That of a preview of the app is kept apart under a longer name
 * with dots in it, which no id has; nobody is told of that.
 */
export const shownId = (room: string): string => room.slice(room.lastIndexOf(".") + 1);
