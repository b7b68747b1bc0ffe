"use client";

import { useEffect, useState } from "react";
import type { RoomsResult } from "@/lib/client/account";
import { useInSheet } from "../ui/in-sheet";
import { learnMutes } from "./mutes";
import { keepAsking } from "./refresh";

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
  useEffect(
    () =>
      keepAsking(
        ask,
        (answer) => {
          // Who is signed out is told so by the room; there is nothing to ask for now.
          if (!answer.ok) return answer.code === "signed_out" ? "rest" : "failed";
          learnMutes(answer.rooms);
          setLists(answer);
          return "well";
        },
        stale ? 0 : undefined,
      ),
    [stale],
  );
  return lists;
}
