"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import type { JoinResult } from "@/lib/client/invites";
import { joinByInvite } from "@/lib/client/invites";
import { Button } from "../ui/button";
import { Refusal } from "../ui/form-parts";
import { useHydrated } from "../ui/use-hydrated";

type Code = Extract<JoinResult, { ok: false }>["code"];
const REFUSED: Record<Exclude<Code, "signed_out">, string> = {
  forbidden: "You may not join this room.",
  not_found:
    "This invitation cannot be used any more: its last place went a moment ago, or it ended.",
  rate_limited: "Too many tries. Wait a minute, then join.",
  unavailable: "You have not joined: the app did not answer. Try again.",
};

/** Joins when it is pressed, and never before. */
export function JoinRoom({ code, room }: { code: string; room: string }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  async function join() {
    if (busy) return;
    setBusy(true);
    setRefused(undefined);
    const result = await joinByInvite(code);
    // "Back" leads to where one came from, not to an invitation that is used.
    if (result.ok) return router.replace(`/rooms/${result.room}`);
    if (result.code === "signed_out") {
      return window.location.assign(
        `/sign-in?callbackUrl=${encodeURIComponent(`/invite/${code}`)}`,
      );
    }
    setBusy(false);
    setRefused(REFUSED[result.code]);
    // The page knows more of a ban: until when, and why.
    if (result.code === "forbidden") router.refresh();
  }

  return (
    <div className="grid w-full grid-cols-1 justify-items-start gap-4">
      <Refusal>{refused}</Refusal>
      <div className="flex max-w-full flex-wrap gap-3">
        <Button
          look="primary"
          className="max-w-full"
          disabled={!hydrated}
          aria-busy={busy}
          onClick={() => void join()}
        >
          {/* Its name may be longer than the line. */}
          <span className="min-w-0 truncate">
            Join <bdi>{room}</bdi>
          </span>
        </Button>
        <Button look="quiet" onClick={() => router.push("/rooms")}>
          Not now
        </Button>
      </div>
    </div>
  );
}
