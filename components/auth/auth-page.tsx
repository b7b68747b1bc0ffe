import type { ReactNode } from "react";
import { Wordmark } from "../ui/mark";
import { RoomPicture } from "./room-picture";

/** The front of the house: the form at the left, a living picture of a room at the right. */
export function AuthPage({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead: string;
  children: ReactNode;
  foot: ReactNode;
}) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,5fr)_7fr]">
      <main className="safe-x flex flex-col justify-between gap-10 py-6 sm:px-10 lg:py-10">
        <Wordmark />
        <div className="mx-auto grid w-full max-w-sm gap-6 lg:mx-0 lg:ml-[8%]">
          <div className="grid gap-2">
            <h1 className="display text-display">{title}</h1>
            <p className="text-body text-soft">{lead}</p>
          </div>
          {children}
          <div className="text-small text-soft">{foot}</div>
        </div>
        <p className="text-fine text-quiet">Rooms for people who know each other.</p>
      </main>
      <aside aria-label="What a room looks like" className="hidden lg:block">
        <RoomPicture />
      </aside>
    </div>
  );
}
