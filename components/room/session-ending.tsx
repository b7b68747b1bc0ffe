"use client";

import { useState } from "react";
import { useRoom } from "@/lib/client/react";
import { SESSION_WARNING_MS } from "@/lib/protocol/limits";
import { Button } from "../ui/button";
import { left, secondsUntil, wait } from "../ui/format";
import { Notice } from "../ui/notice";
import { useNow } from "../ui/use-now";
import { isOver } from "./connection-words";
import { useSignInAgain } from "./sign-in-again";

/** How often the end of the login session is looked at while it is far away. */
const LOOK_EVERY_MS = 5_000;

/** Two minutes before the login session ends: says so, and offers to stay without leaving the room. */
export function SessionEnding() {
  const { endsAt, over } = useRoom(({ connection }) => ({
    endsAt: connection.sessionEndsAt,
    over: isOver(connection.phase),
  }));
  const now = useNow(endsAt !== undefined, LOOK_EVERY_MS);
  if (endsAt === undefined || over || !now || endsAt - now > SESSION_WARNING_MS) return null;
  return <Ending endsAt={endsAt} from={now} />;
}

function Ending({ endsAt, from }: { endsAt: number; from: number }) {
  // The sentence is spoken once; the running seconds beside it are for the eye alone.
  const [seconds] = useState(() => secondsUntil(endsAt, from));
  const now = useNow(true) || from;
  const signInAgain = useSignInAgain();
  return (
    <Notice
      look="warn"
      className="arrive shadow-float"
      action={
        <span className="flex items-center gap-3">
          <span aria-hidden="true" className="tabular text-soft">
            {left(secondsUntil(endsAt, now))} left
          </span>
          <Button small onClick={signInAgain}>
            Stay signed in
          </Button>
        </span>
      }
    >
      Your sign-in ends in {wait(seconds)}. What you typed is kept.
    </Notice>
  );
}
