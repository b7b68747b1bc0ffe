/** Reactions that need no picker, the most wanted first. */
export const QUICK_REACTIONS = ["👍", "❤️", "😄", "🎉", "👀", "🙏"] as const;
/** How many of them fit into the bar beside a message. */
export const IN_BAR = 3;
