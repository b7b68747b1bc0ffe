"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";
import { onAccountEvent } from "@/lib/client/account-channel";
import { useRoom } from "@/lib/client/react";

/**
 * Draws the page anew, without a reload, for whoever has signed in in this browser: the server knows
 * who that is, and whether this room is theirs to see. For the same person nothing on it changes.
 */
export function FollowAccount() {
  const router = useRouter();
  const other = useRoom((view) => view.connection.stopReason === "other_person");
  useEffect(() => {
    if (other) router.refresh();
  }, [other, router]);
  useEffect(() => onAccountEvent((event) => event === "signed_in" && router.refresh()), [router]);
  return null;
}
