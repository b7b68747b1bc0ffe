import type { Metadata } from "next";
import Link from "next/link";
import { HousePage } from "@/components/shell/house-page";
import { buttonClass } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <HousePage
      title="There’s no door here."
      actions={
        <Link href="/rooms" className={buttonClass("primary")}>
          All rooms
        </Link>
      }
    >
      <p>This page or room does not exist. The link may be old, or have a letter too few.</p>
    </HousePage>
  );
}
