import type { Metadata } from "next";
import Link from "next/link";
import { HousePage } from "@/components/shell/house-page";
import { buttonClass } from "@/components/ui/button";

export const metadata: Metadata = { title: "Private" };

export default function Forbidden() {
  return (
    <HousePage
      title="This room is private."
      actions={
        <Link href="/rooms" className={buttonClass("primary")}>
          All rooms
        </Link>
      }
    >
      <p>You are not on its list. Ask somebody who is in it to add you, then come back.</p>
    </HousePage>
  );
}
