"use client";

import { useEffect, useState } from "react";
import Link from "next/link";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { Button, buttonClass } from "../ui/button";
import { countdown, secondsUntil } from "../ui/format";
import { Notice } from "../ui/notice";
import { useNow } from "../ui/use-now";
import type { Banner, BannerAction } from "./connection-words";
import { bannerFor } from "./connection-words";

/**
 * Troubles that last, told where they matter: above the transcript, over it, so that nothing shifts.
 * Short drops stay silent.
 */
export function ConnectionBanner({ room }: { room: string }) {
  const connection = useRoom((view) => view.connection);
  const banner = bannerFor(connection);
  const due = useLasting(banner?.kind, banner?.afterMs ?? 0);
  if (!banner || !due) return null;
  return (
    <div className="arrive absolute inset-x-0 top-0 z-10 mx-auto w-full max-w-[46rem] p-2">
      <Notice
        look={banner.look}
        role={banner.look === "danger" ? "alert" : "status"}
        className="shadow-float"
        action={
          <span className="flex items-center gap-3">
            <Remaining banner={banner} />
            {banner.action && <Action action={banner.action} room={room} />}
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

function Remaining({ banner: { until, untilWords } }: { banner: Banner }) {
  const now = useNow(until !== undefined);
  if (until === undefined || !now) return null;
  const seconds = secondsUntil(until, now);
  if (seconds === 0) return null;
  return (
    <span aria-hidden="true" className="tabular text-soft">
      {countdown(seconds)} {untilWords}
    </span>
  );
}

const TRY: Partial<Record<BannerAction, string>> = {
  try_now: "Try now",
  use_here: "Use here",
  rejoin: "Rejoin",
};

function Action({ action, room }: { action: BannerAction; room: string }) {
  const client = useRoomClient();
  if (action === "sign_in") {
    return (
      <a
        href={`/sign-in?callbackUrl=${encodeURIComponent(`/rooms/${room}`)}`}
        className={buttonClass("plain", true)}
      >
        Sign in again
      </a>
    );
  }
  if (action === "rooms") {
    return (
      <Link href="/rooms" className={buttonClass("plain", true)}>
        All rooms
      </Link>
    );
  }
  return (
    <Button
      small
      onClick={() => (action === "reload" ? window.location.reload() : client.tryNow())}
    >
      {TRY[action] ?? "Reload"}
    </Button>
  );
}
