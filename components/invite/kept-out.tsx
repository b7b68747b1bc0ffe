"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useCallback } from "react";
import { banAtInvite } from "@/lib/client/invites";
import { useBan } from "../moderation/use-ban";
import { AllRooms } from "../shell/all-rooms";
import { HousePage } from "../shell/house-page";

/** In place of an invitation: one is banned from where it leads, until when, and why. */
export function KeptOut({ menu }: { menu: ReactNode }) {
  const code = usePathname().split("/").at(-1) ?? "";
  const ban = useBan(useCallback(() => banAtInvite(code), [code]));
  return (
    <HousePage title="You can’t come in." menu={menu} actions={<AllRooms />}>
      <p role="alert">{ban ?? "You are banned from the room that this leads to."}</p>
      <p>The invitation is not used up by this. Other rooms are open to you as before.</p>
    </HousePage>
  );
}
