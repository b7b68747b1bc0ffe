"use client";

import { useRoom } from "@/lib/client/react";
import { BannerAction, Remaining } from "./banner-action";
import { bannerFor } from "./banner-words";
import { isOver } from "./connection-words";

/** A page that ended before it had anything to show: the reason and the way on, in its middle. */
export function RoomOver() {
  const { connection, turnedAway } = useRoom(({ connection, turnedAway }) => ({
    connection,
    turnedAway,
  }));
  const banner = bannerFor(connection, turnedAway);
  if (!banner || !isOver(connection.phase)) return null;
  return (
    <div className="arrive m-auto grid max-w-sm justify-items-start gap-4 px-4 py-16">
      <p role="alert" className="display text-title">
        {banner.text}
      </p>
      <span className="flex items-center gap-3 text-small">
        <BannerAction banner={banner} />
        <Remaining banner={banner} />
      </span>
    </div>
  );
}
