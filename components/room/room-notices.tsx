"use client";

import { later } from "../ui/later";

const Notices = later(() => import("./connection-banner").then((file) => file.RoomNotices));

/**
 * What is to be told where it matters: above the transcript, over it, so that nothing shifts. The
 * region is always there, so that what comes into it is spoken, once and politely.
 */
export function RoomNotices() {
  return (
    <div
      aria-live="polite"
      className="absolute inset-x-0 top-0 z-10 mx-auto grid w-full max-w-[46rem] gap-2 px-2 not-empty:py-2"
    >
      {/* Without them the status in the header still says it in a word. */}
      <Notices missing={null} />
    </div>
  );
}
