import type { Metadata } from "next";
import { NoInvite } from "@/components/invite/no-invite";

export const metadata: Metadata = { title: "No invitation" };

export default NoInvite;
