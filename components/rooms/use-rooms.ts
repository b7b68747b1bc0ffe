"use client";

import { useEffect, useState } from "react";
import type { RoomsResult } from "@/lib/client/account";
import { useInSheet } from "../ui/in-sheet";
import { learnMutes } from "./mutes";
import { waitAfter, waitOnReturn } from "./refresh";

/** The rooms one may enter, and those that one only sees. */
export type RoomLists = Omit<Extract<RoomsResult, { ok: true }>, "ok">;
export type RoomItem = RoomLists["rooms"][number];

/** The first question is asked long after the page is alive: so is its code. */
const ask = (): Promise<RoomsResult> =>
  import("@/lib/client/account").then(
    ({ listRooms }) => listRooms(),
    () => ({ ok: false, code: "unavailable" }),
  );

/**
 * The rooms as the server drew them, asked for anew while the page is visible and when somebody comes
 * back to it. Failures change nothing but the time of the next question.
 */
export function useRooms(initial: RoomLists): RoomLists {
  const [lists, setLists] = useState(initial);
  useEffect(() => learnMutes(initial.rooms), [initial.rooms]);
  // A sheet opens long after the page was drawn.
  const stale = useInSheet();
  useEffect(() => {
    let left = false;
    let asking = false;
    let failures = 0;
    let answeredAt = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function refresh() {
      clearTimeout(timer);
      if (asking || document.visibilityState !== "visible") return;
      asking = true;
      const answer = await ask();
      asking = false;
      if (left) return;
      if (answer.ok) {
        learnMutes(answer.rooms);
        setLists(answer);
      }
      // Who is signed out is told so by the room; there is nothing to ask any more.
      else if (answer.code === "signed_out") return;
      failures = answer.ok ? 0 : failures + 1;
      answeredAt = performance.now();
      later(waitAfter(failures));
    }
    function later(ms: number) {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), ms);
    }
    function returned() {
      if (document.visibilityState !== "visible") return;
      later(Math.max(0, answeredAt + waitOnReturn(failures) - performance.now()));
    }

    later(stale ? 0 : waitAfter(0));
    document.addEventListener("visibilitychange", returned);
    window.addEventListener("focus", returned);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", returned);
      window.removeEventListener("focus", returned);
    };
  }, [stale]);
  return lists;
}
