"use client";

import { useRef, useState } from "react";
import { useRoom } from "@/lib/client/react";
import type { Target } from "../moderation/deed-dialog";
import { cx } from "../ui/cx";
import { DidNotArrive } from "../ui/did-not-arrive";
import { ELLIPSIS, Icon } from "../ui/icon";
import { later } from "../ui/later";

const PersonDeeds = later(() =>
  import("../moderation/person-deeds").then((file) => file.PersonDeeds),
);

/** The way to what one may do about a person. */
export function PersonButton({
  person,
  bar = false,
  hold,
}: {
  person: Target;
  /** In the bar of a message: as its other buttons are, and no tab stop. */
  bar?: boolean;
  hold?: (on: boolean) => void;
}) {
  const me = useRoom((view) => view.me);
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  if (!me || me.id === person.id) return null;
  function show(on: boolean) {
    setOpen(on);
    hold?.(on);
  }
  const close = () => show(false);
  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-label={`About ${person.name}`}
        aria-haspopup="menu"
        aria-expanded={open}
        tabIndex={bar ? -1 : undefined}
        title={bar ? `About ${person.name}` : undefined}
        onClick={() => show(true)}
        className={cx(
          "grid shrink-0 place-items-center rounded-[6px] hover:bg-hover hover:text-ink",
          bar
            ? "target text-soft"
            : "size-7 text-quiet pointer-coarse:size-11 pointer-fine:opacity-0 pointer-fine:group-focus-within/person:opacity-100 pointer-fine:group-hover/person:opacity-100 aria-expanded:opacity-100",
        )}
      >
        <Icon d={ELLIPSIS} className={bar ? "size-4.5" : "size-4"} />
      </button>
      {open && (
        <PersonDeeds
          person={person}
          anchor={opener}
          onClose={close}
          missing={<DidNotArrive onClose={close} />}
        />
      )}
    </>
  );
}
