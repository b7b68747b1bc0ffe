"use client";

import { useEffect, useRef, useState } from "react";
import { useRoom } from "@/lib/client/react";
import { Notice } from "../ui/notice";
import { BannerAction, Remaining } from "./banner-action";
import { bannerFor } from "./banner-words";
import { isOver } from "./connection-words";
import { ModNotice } from "./mod-notice";
import { SessionEnding } from "./session-ending";

/** How long "Back online" stays. */
const RELIEF_MS = 4_000;

/** What stands in the region of room-notices.tsx. */
export function RoomNotices() {
  return (
    <>
      <ConnectionBanner />
      <SessionEnding />
      <ModNotice />
    </>
  );
}

/** Troubles that last, and that they are over. Short drops stay silent. */
function ConnectionBanner() {
  const { connection, turnedAway, blank } = useRoom((view) => ({
    connection: view.connection,
    turnedAway: view.turnedAway,
    blank: !view.ready && view.messages.length === 0,
  }));
  const banner = bannerFor(connection, turnedAway);
  const due = useLasting(banner?.kind, banner?.afterMs ?? 0);
  const relieved = useRelief(connection.phase === "connected", due && banner?.relief === true);
  if (relieved) {
    return <Notice className="arrive shadow-float">Back online.</Notice>;
  }
  // With nothing under it the sentence is the page: see RoomOver.
  if (!banner || !due || (blank && isOver(connection.phase))) return null;
  return (
    <Notice
      look={banner.look}
      role={banner.look === "danger" ? "alert" : undefined}
      className="arrive shadow-float"
      action={
        <span className="flex items-center gap-3">
          <Remaining banner={banner} />
          <BannerAction banner={banner} />
        </span>
      }
    >
      {banner.text}
    </Notice>
  );
}

/** True once `kind` has lasted for `afterMs`. */
function useLasting(kind: string | undefined, afterMs: number): boolean {
  const [lasted, setLasted] = useState<string | undefined>();
  useEffect(() => {
    if (!kind) return;
    const timer = setTimeout(() => setLasted(kind), afterMs);
    return () => {
      clearTimeout(timer);
      setLasted(undefined);
    };
  }, [kind, afterMs]);
  return kind !== undefined && lasted === kind;
}

/** True for a moment after a trouble that was told has ended well; each time once. */
function useRelief(well: boolean, troubled: boolean): boolean {
  const told = useRef(false);
  const [relieved, setRelieved] = useState(false);
  useEffect(() => {
    if (troubled) told.current = true;
    if (!well || !told.current) return;
    told.current = false;
    setRelieved(true);
  }, [well, troubled]);
  useEffect(() => {
    if (!relieved) return;
    const timer = setTimeout(() => setRelieved(false), RELIEF_MS);
    return () => clearTimeout(timer);
  }, [relieved]);
  return relieved && well;
}
