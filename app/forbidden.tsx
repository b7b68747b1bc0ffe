import type { Metadata } from "next";
import { OwnMenu } from "./own-menu";
import { NotAllowed } from "@/components/moderation/not-allowed";

export const metadata: Metadata = { title: "Private" };

export default function Forbidden() {
  return <NotAllowed menu={<OwnMenu />} />;
}
