"use client";

import { useEffect, useRef, useState } from "react";
import { LogOut } from "lucide-react";
import { leaveRoom } from "@/lib/client/members";
import { Button } from "../ui/button";
import { LEAVE_REFUSED } from "./leave-words";

/** The way out of a private room: asked once, because one cannot come back alone. */
export function LeaveRoom({ room, name, person }: { room: string; name: string; person: string }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const question = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (asked) question.current?.focus();
    else if (wasAsked.current) opener.current?.focus();
    wasAsked.current = asked;
  }, [asked]);

  async function leave() {
    if (busy) return;
    setBusy(true);
    const result = await leaveRoom(room, person);
    if (result.ok) return window.location.assign("/rooms");
    setBusy(false);
    setRefused(LEAVE_REFUSED[result.code]);
  }

  if (!asked) {
    return (
      <div className="mt-1 px-4">
        <button
          ref={opener}
          type="button"
          onClick={() => setAsked(true)}
          className="flex min-h-10 items-center gap-2 rounded-house px-1 text-small text-soft hover:text-ink pointer-coarse:min-h-11"
        >
          <LogOut aria-hidden="true" className="size-4" />
          Leave this room
        </button>
      </div>
    );
  }
  return (
    <div
      ref={question}
      role="group"
      aria-label={`Leave ${name}?`}
      tabIndex={-1}
      className="mx-4 mt-2 grid gap-3 rounded-house bg-danger-wash p-3 text-small"
    >
      <p>
        <strong className="font-semibold">Leave {name}?</strong> You can come back when somebody
        adds you again.
      </p>
      <p role="alert" className="font-medium text-danger empty:hidden">
        {refused}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="danger" small aria-busy={busy} onClick={() => void leave()}>
          Leave
        </Button>
        <Button
          small
          onClick={() => {
            setAsked(false);
            setRefused("");
          }}
        >
          Stay
        </Button>
      </div>
    </div>
  );
}
