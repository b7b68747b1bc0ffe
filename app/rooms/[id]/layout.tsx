import type { ReactNode } from "react";
import { enterRoom } from "./access";

/** Asks before anything is streamed, so that "not found" and "private" keep their status codes. */
export default async function RoomLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ id: string }>;
}) {
  await enterRoom((await params).id);
  return children;
}
