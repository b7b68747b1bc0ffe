"use client";

import { useEffect } from "react";
import { useRouter } from "next/navigation";
import { useRoom } from "@/lib/client/react";

/** A room that has another name now: title and list of rooms are the server's to draw. */
export function FollowName({ drawn }: { drawn: string }) {
  const router = useRouter();
  const name = useRoom((view) => view.settings.name);
  useEffect(() => {
    if (name !== undefined && name !== drawn) router.refresh();
  }, [name, drawn, router]);
  return null;
}
