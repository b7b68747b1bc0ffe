"use client";

import { useState, useSyncExternalStore } from "react";
import { endNotifications } from "../shell/notification-worker";
import { choose, usePreference } from "../shell/preferences";
import { Notice } from "../ui/notice";
import { Switch } from "../ui/switch";

type Permission = NotificationPermission | "unsupported";

const permissionNow = (): Permission =>
  "Notification" in window ? Notification.permission : "unsupported";
const never = () => () => {};

/** Notifications are off until somebody switches them on here; only then is the browser asked. */
export function NotificationSettings() {
  const wanted = usePreference("notifications");
  const sound = usePreference("notificationSound");
  const permission = useSyncExternalStore<Permission>(never, permissionNow, () => "default");
  const [refused, setRefused] = useState(false);
  const on = wanted && permission === "granted";

  async function change(next: boolean) {
    const answer = next ? await Notification.requestPermission() : permission;
    setRefused(next && answer !== "granted");
    choose("notifications", next && answer === "granted");
    if (!next) await endNotifications();
  }

  return (
    <div className="grid gap-4">
      <Switch
        label="Show new messages"
        hint="While a room is open in a tab that you do not see."
        on={on}
        disabled={permission === "unsupported"}
        onChange={(next) => void change(next)}
      />
      <Switch
        label="With a sound"
        hint="The one your system uses for notifications."
        on={on && sound}
        disabled={!on}
        onChange={(next) => choose("notificationSound", next)}
      />
      {refused && (
        <Notice look="warn" role="alert">
          Your browser blocks notifications from this site. Allow them in its settings for this
          site, then switch them on here.
        </Notice>
      )}
      {permission === "unsupported" && (
        <Notice>This browser shows no notifications from a page.</Notice>
      )}
    </div>
  );
}
