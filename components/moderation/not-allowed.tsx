"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useCallback } from "react";
import { ownBan } from "@/lib/client/room-admin";
import { AllRooms } from "../shell/all-rooms";
import { HousePage } from "../shell/house-page";
import { buttonClass } from "../ui/button";
import { useBan } from "./use-ban";

const PLACE = /^\/rooms\/([^/]+)(\/settings)?/;

/** Why a page of a room is closed to this person: a ban, no right to its settings, or not on its list. */
export function NotAllowed({ menu }: { menu: ReactNode }) {
  const [, room, settings] = PLACE.exec(usePathname()) ?? [];
  const ban = useBan(useCallback(async () => (room ? ownBan(room) : null), [room]));
  // What is not known yet is not said: a room that one is banned from need not be private.
  if (ban !== null) {
    return (
      <HousePage title="You can’t come in." menu={menu} actions={<AllRooms />}>
        <p role="alert" className="min-h-6">
          {ban}
        </p>
        <p>Other rooms are open to you as before.</p>
      </HousePage>
    );
  }
  if (settings) {
    return (
      <HousePage
        title="Staff only."
        menu={menu}
        actions={
          <Link href={`/rooms/${room}`} className={buttonClass("primary")}>
            Back to the room
          </Link>
        }
      >
        <p>The settings of a room are for its owners and moderators.</p>
      </HousePage>
    );
  }
  return (
    <HousePage title="This room is private." menu={menu} actions={<AllRooms />}>
      <p>You are not on its list. Ask somebody who is in it to add you, then come back.</p>
    </HousePage>
  );
}
