"use client";

import { useEffect, useRef } from "react";
import { useRoom } from "@/lib/client/react";
import type { Face } from "../ui/avatar";
import { Avatar } from "../ui/avatar";
import { redrawEveryMs, ringState, shareLeft } from "./ring-state";

const CIRCLE = { cx: 18, cy: 18, r: 16, pathLength: 100 };

/**
 * The lease of this connection, around one's own avatar: runs down, refills with one quiet pulse when
 * it is renewed, turns amber in grace, breaks when nothing is authorised. Silent: the status beside it
 * says the same in words.
 */
export function LeaseRing({ person }: { person: Face }) {
  const connection = useRoom((view) => view.connection);
  const { look, span } = ringState(connection);
  const { refreshes } = connection;
  const arc = useRef<SVGCircleElement>(null);
  const pulse = useRef<SVGCircleElement>(null);
  const startedAt = span?.startedAt;
  const endsAt = span?.endsAt;

  const graceSeenAt = useRef<number | null>(null);

  // Drawn by hand, at most once a second for usual leases: React need not know of each step.
  useEffect(() => {
    if (look !== "grace") graceSeenAt.current = null;
    const circle = arc.current;
    if (!circle || endsAt === undefined) return;
    // Kept while the grace lasts: its end may be told more exactly, its beginning stays.
    const beganAt = startedAt ?? (graceSeenAt.current ??= performance.now());
    const lease = { startedAt: beganAt, endsAt };
    const draw = () => {
      const left = shareLeft(lease, performance.now());
      circle.setAttribute("stroke-dashoffset", String(100 - left * 100));
    };
    draw();
    const timer = setInterval(draw, redrawEveryMs(lease));
    document.addEventListener("visibilitychange", draw);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", draw);
    };
  }, [look, startedAt, endsAt]);

  const seen = useRef(refreshes);
  useEffect(() => {
    if (refreshes > seen.current) pulse.current?.setAttribute("data-run", "");
    seen.current = refreshes;
  }, [refreshes]);

  return (
    <span data-ring={look} className="relative block">
      <svg viewBox="0 0 36 36" className="lease-ring" aria-hidden="true">
        <circle className="ring-track" {...CIRCLE} />
        {span && (
          <circle
            ref={arc}
            className="ring-arc"
            strokeDasharray="100 100"
            strokeDashoffset="0"
            {...CIRCLE}
          />
        )}
        <circle
          ref={pulse}
          className="ring-pulse"
          onAnimationEnd={(event) => event.currentTarget.removeAttribute("data-run")}
          {...CIRCLE}
        />
      </svg>
      <Avatar person={person} className="ring-face" />
    </span>
  );
}
