import type { Metadata } from "next";
import { OwnMenu } from "./own-menu";
import { AllRooms } from "@/components/shell/all-rooms";
import { HousePage } from "@/components/shell/house-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <HousePage title="There’s no door here." menu={<OwnMenu />} actions={<AllRooms />}>
      <p>This page or room does not exist. The link may be old, or have a letter too few.</p>
    </HousePage>
  );
}
