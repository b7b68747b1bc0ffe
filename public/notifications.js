/**
 * Shows notifications where a page may not (Chrome on Android). It listens to no request and keeps
 * nothing; its scope holds no page. A press leads to the room's tab, or opens one.
 */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openRoom(event.notification.data));
});

async function openRoom(room) {
  const path = `/rooms/${encodeURIComponent(room)}`;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => new URL(url).pathname === path);
  await (open ? open.focus() : self.clients.openWindow(path));
}
