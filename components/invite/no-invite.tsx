import type { ReactNode } from "react";
import { AllRooms } from "../shell/all-rooms";
import { HousePage } from "../shell/house-page";

/** For every code that leads nowhere: the page does not tell one cause from another. */
export function NoInvite({ menu }: { menu: ReactNode }) {
  return (
    <HousePage title="This invitation leads nowhere." menu={menu} actions={<AllRooms />}>
      <p>
        It may have run out, been used up or been taken back, or the link has a letter too few. Ask
        whoever sent it for a new one.
      </p>
    </HousePage>
  );
}
