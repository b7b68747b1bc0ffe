import type { Metadata } from "next";
import { OwnMenu } from "@/app/own-menu";
import { NoInvite } from "@/components/invite/no-invite";

export const metadata: Metadata = { title: "No invitation" };

export default function NotFound() {
  return <NoInvite menu={<OwnMenu />} />;
}
