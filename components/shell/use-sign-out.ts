"use client";

import { useState } from "react";
import { endOtherSessions, signOut } from "@/lib/client/account";
import { holdQuestions } from "@/lib/client/account-http";

/** Signs out here, or everywhere, and goes to the sign-in page; says so where it did not work. */
export function useSignOut() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);

  async function leave(everywhere: boolean) {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    const askOn = holdQuestions();
    // Others first: once this session has ended nobody could end them any more.
    const others = everywhere ? await endOtherSessions() : { ok: true as const };
    const own = others.ok || others.code === "signed_out" ? await signOut() : { ok: false };
    if (own.ok) {
      await import("./notification-worker").then(
        ({ endNotifications }) => endNotifications(),
        () => undefined,
      );
      window.location.assign("/sign-in");
      return;
    }
    askOn();
    setBusy(false);
    setFailed(true);
  }

  return {
    busy,
    failed,
    signOut: () => leave(false),
    signOutEverywhere: () => leave(true),
  };
}
