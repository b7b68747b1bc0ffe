import type { Metadata } from "next";
import { OwnMenu } from "@/app/own-menu";
import { KeptOut } from "@/components/invite/kept-out";

export const metadata: Metadata = { title: "Banned" };

export default function Forbidden() {
  return <KeptOut menu={<OwnMenu />} />;
}
