"use client";

import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import type { Notice as NoticeName } from "./talk";
import { useTalk, useTalkState } from "./talk";

const WORDS: Record<NoticeName, string> = {
  gone: "That message is not in this room any more.",
  too_far:
    "That message lies too far back to go there at once. Scroll up to load older ones first.",
  failed: "That message did not arrive. Try again once the room is live.",
  not_copied: "The link could not be copied. It is in the address bar now.",
};

/** What belongs to no message in view, said above the composer until it is read. */
export function TalkNotice() {
  const talk = useTalk();
  const notice = useTalkState((state) => state.notice);
  if (notice === null) return null;
  return (
    <div className="mx-auto w-full max-w-[46rem] px-4 pb-2 sm:px-6">
      <Notice
        role="alert"
        action={
          <Button small look="quiet" onClick={() => talk.tell(null)}>
            Close
          </Button>
        }
      >
        {WORDS[notice]}
      </Notice>
    </div>
  );
}
