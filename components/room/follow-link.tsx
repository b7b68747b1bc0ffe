"use client";

import { useEffect } from "react";
import { useRoom } from "@/lib/client/react";
import { seqOf } from "./anchor";
import { useTalk } from "./talk";

/** Leads to the message that the address names, once there is a list to look in. */
export function FollowLink() {
  const talk = useTalk();
  const ready = useRoom((view) => view.ready);
  useEffect(() => {
    if (!ready) return;
    const follow = () => {
      const seq = seqOf(location.hash);
      if (seq !== null) talk.jumpTo(seq);
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [ready, talk]);
  return null;
}
