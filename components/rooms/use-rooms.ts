"use client";

import { useEffect, useState } from "react";
import type { RoomsResult } from "@/lib/client/account";
import { listRooms } from "@/lib/client/account";

export type RoomItem = Extract<RoomsResult, { ok: true }>["rooms"][number];

/** Often enough for "people now" to be nearly true, seldom enough to cost nothing. */
const REFRESH_MS = 30_000;

/** The rooms as the server drew them, asked for anew while the page is visible; failures change nothing. */
export function useRooms(initial: RoomItem[]): RoomItem[] {
  const [rooms, setRooms] = useState(initial);
  useEffect(() => {
    let left = false;
    const refresh = async () => {
      if (document.visibilityState !== "visible") return;
      const answer = await listRooms();
      if (!left && answer.ok) setRooms(answer.rooms);
    };
    const asked = () => void refresh();
    const timer = setInterval(asked, REFRESH_MS);
    document.addEventListener("visibilitychange", asked);
    return () => {
      left = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", asked);
    };
  }, []);
  return rooms;
}
