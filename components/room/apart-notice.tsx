"use client";

import { useState } from "react";
import { hidePerson } from "@/lib/client/direct";
import { useRoom } from "@/lib/client/react";
import { useHidden } from "../people/hidden";
import { HIDE_REFUSED } from "../people/hide-words";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import type { RoomFacts } from "./room-header";

/** Above the composer between two people of whom one has hidden the other: why nobody writes. */
export function ApartNotice({ room: { name, other } }: { room: RoomFacts }) {
  const apart = useRoom((view) => view.me?.role === "reader");
  const { ids, note } = useHidden();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const mine = other !== null && ids.has(other.id);
  if (!apart && !mine) return null;

  async function showAgain() {
    if (!other || busy) return;
    setBusy(true);
    const result = await hidePerson(other.id, false);
    setBusy(false);
    setRefused(result.ok ? undefined : HIDE_REFUSED[result.code]);
    if (result.ok) note(other.id, false);
  }

  return (
    <div className="mx-auto w-full max-w-[46rem] px-4 pb-2 sm:px-6">
      <Notice
        role={refused ? "alert" : "status"}
        action={
          mine && (
            <Button small aria-busy={busy} onClick={() => void showAgain()}>
              Show again
            </Button>
          )
        }
      >
        {refused ??
          (mine
            ? `You have hidden ${name}, so neither of you can write here. What was said stays.`
            : `${name} does not take messages from you at the moment. You can read what was said.`)}
      </Notice>
    </div>
  );
}
