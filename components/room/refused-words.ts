/** Why the composer did not take a message. */
export const REFUSED = {
  empty: "There is nothing to send yet.",
  too_long: "This is too long for one message. Shorten it, or send it in parts.",
  outbox_full: "A hundred messages are waiting already. This one stays here until some have gone.",
} as const;
