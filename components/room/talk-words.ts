/** What stands where a message was. */
export const tombstone = (author: string, deletedBy: string | undefined, reason = ""): string =>
  deletedBy === undefined || deletedBy === author
    ? "Deleted."
    : `Deleted by a moderator${reason && `: ${reason}`}.`;
