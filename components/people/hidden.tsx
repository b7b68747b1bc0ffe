"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useMemo, useState } from "react";
import type { MessageView } from "@/lib/client/types";

interface HiddenPeople {
  /** Whom this person does not want to see. */
  ids: ReadonlySet<string>;
  /** Messages of theirs that are shown all the same, by key. */
  shown: ReadonlySet<string>;
  note(user: string, hidden: boolean): void;
  show(key: string): void;
}

const nobody: HiddenPeople = { ids: new Set(), shown: new Set(), note() {}, show() {} };
const HiddenContext = createContext(nobody);

export const useHidden = (): HiddenPeople => useContext(HiddenContext);

/** Knows whom the reader has hidden, from what the server said when it drew the page. */
export function HiddenProvider({
  hidden,
  children,
}: {
  hidden: readonly string[];
  children: ReactNode;
}) {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(hidden));
  const [shown, setShown] = useState<ReadonlySet<string>>(nobody.shown);
  const value = useMemo(
    () => ({
      ids,
      shown,
      note: (user: string, on: boolean) =>
        setIds(
          (before) => new Set(on ? [...before, user] : [...before].filter((id) => id !== user)),
        ),
      show: (key: string) => setShown((before) => new Set([...before, key])),
    }),
    [ids, shown],
  );
  return <HiddenContext value={value}>{children}</HiddenContext>;
}

/** Messages without those of hidden people; the same list where nobody is hidden. */
export const withoutHidden = (
  messages: readonly MessageView[],
  ids: ReadonlySet<string>,
): readonly MessageView[] =>
  ids.size === 0 ? messages : messages.filter(({ user }) => !ids.has(user.id));
