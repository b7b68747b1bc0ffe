"use client";

import { useEffect, useState } from "react";
import { X } from "lucide-react";
import { useRoom } from "@/lib/client/react";
import type { RoomView } from "@/lib/client/types";
import { IconButton } from "../ui/button";
import { Notice } from "../ui/notice";
import { noticeWords } from "./notice-words";

/** What is only news goes by itself; what concerns this person stays until it is read. */
const NEWS_MS = 10_000;

/** What a moderator has done, said once and politely by the region that it stands in. */
export function ModNotice() {
  const { notice, me } = useRoom((view) => ({ notice: view.notice, me: view.me }));
  const [read, setRead] = useState<RoomView["notice"]>();
  const words = notice && me && notice !== read ? noticeWords(notice, me) : null;
  const passing = words !== null && !words.stays;
  useEffect(() => {
    if (!passing) return;
    const timer = setTimeout(() => setRead(notice), NEWS_MS);
    return () => clearTimeout(timer);
  }, [passing, notice]);
  if (!words) return null;
  return (
    <Notice
      look={words.stays ? "warn" : "info"}
      className="arrive shadow-float"
      action={
        <IconButton label="Close this notice" onClick={() => setRead(notice)}>
          <X aria-hidden="true" className="size-4.5" />
        </IconButton>
      }
    >
      {words.text}
    </Notice>
  );
}
