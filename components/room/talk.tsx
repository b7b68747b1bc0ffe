"use client";

import type { ReactNode } from "react";
import { createContext, use, useState, useSyncExternalStore } from "react";
import { useRoomClient } from "@/lib/client/react";
import { createStore, type Store } from "@/lib/client/store";
import type { RoomClient, ShowResult } from "@/lib/client/types";
import { anchorOf } from "./anchor";
import { reveal } from "./reveal";

export type Notice = Exclude<ShowResult, "shown"> | "not_copied";

interface TalkState {
  /** The message that is being edited, and where the focus goes afterwards. */
  editing: { seq: number; from: "message" | "composer"; text?: string | undefined } | null;
  /** The message that the composer answers. */
  replyTo: number | null;
  /** The message that one is being led to: it has to be in the document. */
  sought: number | null;
  /** Something to be told that belongs to no message in view; its words are in talk-notice.tsx. */
  notice: Notice | null;
}

/** What one is about to do with messages: shared by transcript and composer, known to nobody else. */
export interface Talk extends Pick<Store<TalkState>, "get" | "subscribe"> {
  /** As the server drew it: what is hydrated late must begin with the same. */
  initial: TalkState;
  edit(seq: number, from: "message" | "composer", text?: string): void;
  stopEditing(): void;
  replyTo(seq: number | null): void;
  jumpTo(seq: number): void;
  tell(notice: Notice | null): void;
}

const TalkContext = createContext<Talk | null>(null);

function createTalk(client: RoomClient): Talk {
  const store = createStore<TalkState>({
    editing: null,
    replyTo: null,
    sought: null,
    notice: null,
  });
  const set = (fields: Partial<TalkState>) => store.set({ ...store.get(), ...fields });
  return {
    initial: store.get(),
    get: store.get,
    subscribe: store.subscribe,
    edit: (seq, from, text) => set({ editing: { seq, from, text } }),
    stopEditing() {
      const { editing } = store.get();
      set({ editing: null });
      if (editing?.from === "composer") focusComposer();
      else if (editing) document.getElementById(anchorOf(editing.seq))?.focus();
    },
    replyTo(replyTo) {
      set({ replyTo });
      focusComposer();
    },
    jumpTo(seq) {
      set({ notice: null });
      void client.showAround(seq).then((result) => {
        if (result !== "shown") return set({ notice: result });
        set({ sought: seq });
        void reveal(seq);
      });
    },
    tell: (notice) => set({ notice }),
  };
}

const focusComposer = () => document.querySelector<HTMLElement>("textarea[name=message]")?.focus();

export function TalkProvider({ children }: { children: ReactNode }) {
  const client = useRoomClient();
  const [talk] = useState(() => createTalk(client));
  return <TalkContext value={talk}>{children}</TalkContext>;
}

export function useTalk(): Talk {
  const talk = use(TalkContext);
  if (!talk) throw new Error("useTalk needs a TalkProvider around it");
  return talk;
}

/** A part of what one is about to do; the selector gives the same value for the same part. */
export function useTalkState<T>(selector: (state: TalkState) => T): T {
  const talk = useTalk();
  return useSyncExternalStore(
    talk.subscribe,
    () => selector(talk.get()),
    () => selector(talk.initial),
  );
}
