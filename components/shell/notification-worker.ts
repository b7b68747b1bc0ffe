/** The worker of public/notifications.js. Its scope holds no page, so it never controls one. */
const SCRIPT = "/notifications.js";
const SCOPE = "/notifications/";

/** Shows a notification through the worker; null where the browser has none. */
export async function showByWorker(
  title: string,
  options: NotificationOptions & { tag: string; data: string },
): Promise<{ close(): void } | null> {
  try {
    const worker = await navigator.serviceWorker.register(SCRIPT, { scope: SCOPE });
    await activated(worker);
    await worker.showNotification(title, options);
    return {
      close: () =>
        void worker
          .getNotifications({ tag: options.tag })
          .then((shown) => shown.forEach((one) => one.close()))
          .catch(() => undefined),
    };
  } catch {
    return null;
  }
}

function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("no worker"));
    });
  });
}

/** Whoever signs out, or wants no notifications, leaves nothing behind. Never rejects. */
export async function endNotifications(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
    await registration?.unregister();
  } catch {
    // A browser without workers has nothing to end.
  }
}
