/** How the tabs of one browser tell each other who is signed in. */
export type AccountEvent = "signed_out" | "signed_in";

export const ACCOUNT_CHANNEL = "guestlist.auth";

/** Tells the other tabs. They ask the server before they believe anything but a sign-out. */
export function tellTabs(type: AccountEvent): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(ACCOUNT_CHANNEL);
  channel.postMessage({ type });
  channel.close();
}

/** Hears what other tabs tell, until the returned function is called. */
export function onAccountEvent(listener: (event: AccountEvent) => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => {};
  const channel = new BroadcastChannel(ACCOUNT_CHANNEL);
  channel.onmessage = (message: MessageEvent<unknown>) => {
    const type = (message.data as { type?: unknown } | null)?.type;
    if (type === "signed_out" || type === "signed_in") listener(type);
  };
  return () => channel.close();
}
