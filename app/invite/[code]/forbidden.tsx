import type { Metadata } from "next";
import { KeptOut } from "@/components/invite/kept-out";

export const metadata: Metadata = { title: "Banned" };

export default KeptOut;
