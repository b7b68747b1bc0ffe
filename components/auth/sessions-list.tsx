"use client";

import { useCallback, useEffect, useState } from "react";
import type { SessionListing } from "@/lib/client/account";
import { endSession, listSessions } from "@/lib/client/account";
import { sessionsChanged } from "@/lib/client/account-changes";
import { useSignOut } from "../shell/use-sign-out";
import { Button } from "../ui/button";
import { ago, fullDate } from "../ui/format";
import { Notice } from "../ui/notice";
import { deviceName } from "./device";

type State =
  { kind: "loading" } | { kind: "failed" } | { kind: "shown"; list: SessionListing[]; at: number };

/** Where this person is signed in, each with a way to end it. */
export function SessionsList() {
  const [state, setState] = useState<State>({ kind: "loading" });
  const [refusal, setRefusal] = useState<string | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const { signOutEverywhere, busy, failed } = useSignOut();

  const load = useCallback(async () => {
    const answer = await listSessions();
    if (answer.ok) setState({ kind: "shown", list: answer.sessions, at: Date.now() });
    else if (answer.code === "signed_out") {
      window.location.assign("/sign-in?callbackUrl=%2Fsettings");
    } else setState({ kind: "failed" });
  }, []);
  useEffect(() => {
    // The answer sets the state, later: nothing is set while the effect runs.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void load();
    const again = () => void load();
    sessionsChanged.addEventListener("change", again);
    return () => sessionsChanged.removeEventListener("change", again);
  }, [load]);

  async function end(session: SessionListing) {
    setEnding(session.id);
    setRefusal(null);
    const answer = await endSession(session.id);
    setEnding(null);
    if (answer.ok || answer.code === "not_found") return load();
    setRefusal(`${deviceName(session.device)} is still signed in: the server did not answer.`);
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      {state.kind === "loading" && <SessionsSkeleton />}
      {state.kind === "failed" && (
        <Notice
          look="danger"
          role="alert"
          action={
            <Button small onClick={() => void load()}>
              Try again
            </Button>
          }
        >
          The list of your sign-ins did not arrive.
        </Notice>
      )}
      {state.kind === "shown" && (
        <ul aria-label="Sign-ins" className="divide-y divide-line border-y border-line">
          {state.list.map((session) => (
            <li key={session.id} className="flex min-h-16 items-center gap-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="font-medium">
                  {deviceName(session.device)}
                  {session.current && <span className="text-quiet"> (this one)</span>}
                </p>
                <p className="text-small text-quiet">
                  <span title={fullDate(session.createdAt)}>
                    Signed in {ago(session.createdAt, state.at)}
                  </span>
                  {" · "}
                  <span title={fullDate(session.lastSeenAt)}>
                    last used {ago(session.lastSeenAt, state.at)}
                  </span>
                </p>
              </div>
              {!session.current && (
                <Button
                  small
                  aria-label={`End the sign-in on ${deviceName(session.device)}`}
                  aria-busy={ending === session.id}
                  onClick={() => void end(session)}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {(refusal || failed) && (
        <Notice look="danger" role="alert">
          {refusal ?? "Not everything could be ended: the server did not answer. Try again."}
        </Notice>
      )}
      <Button
        look="danger"
        small
        className="justify-self-start"
        aria-busy={busy}
        onClick={() => void signOutEverywhere()}
      >
        Sign out everywhere
      </Button>
    </div>
  );
}

function SessionsSkeleton() {
  return (
    <div aria-hidden="true" className="border-y border-line">
      <div className="grid min-h-16 content-center gap-2">
        <span className="skeleton h-4 w-40" />
        <span className="skeleton h-3.5 w-28" />
      </div>
    </div>
  );
}
