"use client";

import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { useTalk, useTalkState } from "./talk";

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
        {notice}
      </Notice>
    </div>
  );
}
