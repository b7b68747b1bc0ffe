"use client";

import { useRoom } from "@/lib/client/react";
import { Avatar } from "../ui/avatar";
import { people as peopleWords } from "../ui/format";
import { Icon, USERS } from "../ui/icon";

const SHOWN = 3;

/** The others' faces, for the phone: opens the list of people. */
export function AvatarStack({ onOpen }: { onOpen: () => void }) {
  const { people, me, ready } = useRoom((view) => ({
    people: view.people,
    me: view.me?.id,
    ready: view.ready,
  }));
  const here = people.filter((person) => person.status !== "offline");
  const others = here.filter((person) => person.id !== me);
  const rest = others.length - SHOWN;
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={ready ? `People: ${peopleWords(here.length)} here` : "People"}
      className="target flex items-center justify-center rounded-full px-1 lg:hidden"
    >
      {others.length === 0 ? (
        <span className="tabular flex items-center gap-1 px-1 text-small text-quiet">
          <Icon d={USERS} className="size-5" />
          {ready && here.length}
        </span>
      ) : (
        // Side by side: only the ring of one lies on the other, so that initials stay whole.
        <span className="flex">
          {others.slice(0, SHOWN).map((person, index) => (
            <Avatar
              key={person.id}
              person={person}
              size="small"
              className={index > 0 ? "ring-2 ring-paper max-sm:hidden" : "ring-2 ring-paper"}
            />
          ))}
          {rest > 0 && (
            <span className="tabular grid size-6 place-items-center rounded-full bg-hover text-[0.625rem] font-semibold text-soft ring-2 ring-paper max-sm:hidden">
              +{rest}
            </span>
          )}
          {others.length > 1 && (
            <span className="tabular grid size-6 place-items-center rounded-full bg-hover text-[0.625rem] font-semibold text-soft ring-2 ring-paper sm:hidden">
              +{others.length - 1}
            </span>
          )}
        </span>
      )}
    </button>
  );
}
