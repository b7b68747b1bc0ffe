"use client";

import type { KeyboardEvent } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { Hash } from "lucide-react";
import { listRooms } from "@/lib/client/account";
import { openDirect } from "@/lib/client/direct";
import { useRoom } from "@/lib/client/react";
import { DIRECT_REFUSED } from "../rooms/direct-words";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { Dialog } from "../ui/dialog";
import { inputClass } from "../ui/field";
import type { Target } from "./find";
import { find } from "./find";
import { mention } from "./mention";
import { writeIn } from "./message-field";

const KINDS = { room: "Room", person: "Mention", direct: "Message" };

/** Goes to a room or writes to somebody, or mentions somebody who is in this one, by a few letters of the name. */
export function QuickSwitch({ current, onClose }: { current: string; onClose: () => void }) {
  const router = useRouter();
  const id = useId();
  const { rooms, failed } = useOtherRooms(current);
  const people = useRoom((view) => view.people.filter((person) => person.id !== view.me?.id));
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [refused, setRefused] = useState("");
  const list = useRef<HTMLUListElement>(null);

  const targets = find(
    [
      ...(rooms ?? []),
      ...people.map((one): Target => ({ kind: "person", id: one.id, name: one.name })),
      // Only for somebody who is looked for: the list would else name everybody twice.
      ...(query.trim() ? people : []).map((one): Target => ({
        kind: "direct",
        id: one.id,
        name: one.name,
      })),
    ],
    query,
  );
  const chosen = Math.min(at, targets.length - 1);
  const optionId = (index: number) => `${id}-${index}`;
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, query]);

  function go(target: Target | undefined) {
    if (!target) return;
    if (target.kind === "direct") return void write(target);
    onClose();
    if (target.kind === "room") enter(target.id);
    // Once the dialog is gone: nothing outside takes the focus before.
    else requestAnimationFrame(() => mention(target.name));
  }

  async function write({ id }: Target) {
    setRefused("");
    const result = await openDirect({ user: id });
    if (!result.ok) return setRefused(DIRECT_REFUSED[result.code]);
    onClose();
    enter(result.id);
  }

  function enter(room: string) {
    writeIn(room);
    router.push(`/rooms/${room}`);
  }

  function onKeyDown(event: KeyboardEvent) {
    // A composition has arrows and Enter of its own; 229 is Safari's way of telling.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const count = targets.length;
    if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(1, count));
    else if (event.key === "ArrowUp") setAt((chosen - 1 + count) % Math.max(1, count));
    else if (event.key === "Enter") go(targets[chosen]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open title="Go to" onClose={onClose}>
      <input
        role="combobox"
        aria-label="Room or person"
        aria-expanded={targets.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={targets.length > 0 ? optionId(chosen) : undefined}
        placeholder="Room or person"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className={inputClass}
      />
      {/* The keyboard stays in the field (APG, list autocomplete): options take presses only. */}
      <ul
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Rooms and people"
        className="mt-3 -mx-2 grid h-64 content-start gap-0.5 overflow-y-auto overscroll-contain"
      >
        {targets.map((target, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={`${target.kind} ${target.id}`}
            id={optionId(index)}
            role="option"
            aria-selected={index === chosen}
            onClick={() => go(target)}
            className={cx(
              "flex min-h-10 cursor-pointer items-center gap-3 rounded-house px-2 text-small pointer-coarse:min-h-11",
              index === chosen ? "bg-hover text-ink" : "text-soft hover:bg-hover/60",
            )}
          >
            {target.kind === "room" ? (
              <span className="grid size-6 place-items-center text-quiet">
                <Hash aria-hidden="true" className="size-4" />
              </span>
            ) : (
              <Avatar person={target} size="small" />
            )}
            <bdi className="min-w-0 flex-1 truncate">{target.name}</bdi>
            <span className="text-fine text-quiet">{KINDS[target.kind]}</span>
          </li>
        ))}
      </ul>
      <p role="alert" className="pt-2 text-small text-danger empty:hidden">
        {refused}
      </p>
      <p role="status" className="pt-2 text-small text-quiet empty:hidden">
        {rooms === null && !failed
          ? "Looking up the rooms…"
          : failed
            ? "The rooms could not be looked up. People in this room are shown."
            : targets.length === 0
              ? "Nothing by that name."
              : ""}
      </p>
    </Dialog>
  );
}

/** The rooms one may enter, asked for when the switch opens; null until they are here. */
function useOtherRooms(current: string): { rooms: Target[] | null; failed: boolean } {
  const [state, setState] = useState<{ rooms: Target[] | null; failed: boolean }>({
    rooms: null,
    failed: false,
  });
  useEffect(() => {
    let left = false;
    void listRooms().then((answer) => {
      if (left) return;
      const rooms = answer.ok
        ? answer.rooms
            .filter((room) => room.id !== current)
            .map(({ id, name }): Target => ({ kind: "room", id, name }))
        : null;
      setState({ rooms, failed: !answer.ok });
    });
    return () => {
      left = true;
    };
  }, [current]);
  return state;
}
