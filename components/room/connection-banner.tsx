"use client";

import { useEffect, useState } from "react";
import { useRoom } from "@/lib/client/react";
import { Notice } from "../ui/notice";
import { BannerAction, Remaining } from "./banner-action";
import { bannerFor, isOver } from "./connection-words";

/**
 * Troubles that last, told where they matter: above the transcript, over it, so that nothing shifts.
 * Short drops stay silent.
 */
export function ConnectionBanner({ room }: { room: string }) {
  const { connection, blank } = useRoom((view) => ({
    connection: view.connection,
    blank: !view.ready && view.messages.length === 0,
  }));
  const banner = bannerFor(connection);
  const due = useLasting(banner?.kind, banner?.afterMs ?? 0);
  // With nothing under it the sentence is the page: see RoomOver.
  if (!banner || !due || (blank && isOver(connection.phase))) return null;
  return (
    <div className="arrive absolute inset-x-0 top-0 z-10 mx-auto w-full max-w-[46rem] p-2">
      <Notice
        look={banner.look}
        role={banner.look === "danger" ? "alert" : "status"}
        className="shadow-float"
        action={
          <span className="flex items-center gap-3">
            <Remaining banner={banner} />
            <BannerAction banner={banner} room={room} />
          </span>
        }
      >
        {banner.text}
      </Notice>
    </div>
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
