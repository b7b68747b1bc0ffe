"use client";

import type { KeyboardEvent, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { useRoom } from "@/lib/client/react";
import { may, mayModerateUser } from "@/lib/room/permissions";
import { useMembers } from "../people/members";
import { PersonItems } from "../people/person-items";
import { menuItemClass } from "../shell/menu-items";
import { Popover } from "../ui/popover";
import { DeedDialog, type Target } from "./deed-dialog";
import { DEEDS, type DeedName } from "./deeds";
import { useBanOn } from "./use-ban-on";
import { useMuteOn } from "./use-mute-on";

/** What this person may do to that one, here and now, banned or not. */
function useDeedsOn({ id, role }: Target): DeedName[] {
  const { me, here } = useRoom((view) => ({
    me: view.me,
    here: view.people.some((one) => one.id === id && one.status !== "offline"),
  }));
  const listed = useMembers().some((one) => one.id === id);
  if (!me || me.id === id) return [];
  const owner = me.role === "owner";
  const rules = mayModerateUser(me.role, role);
  return (["mute", "unmute", "kick", "ban", "unban", "role", "remove"] as const).filter((deed) => {
    if (deed === "role") return rules || owner;
    if (deed === "remove") return listed && (rules || owner);
    if (deed === "kick") return rules && here;
    // Who is banned is not here, and may be on no list: that is all one has to be for it to end.
    if (deed === "unban") return may(me.role, "unban") && !here;
    return rules;
  });
}

/**
 * The menu of a person and the question that follows, beside what opened it: mounted while it is
 * open. The focus goes back to the opener.
 */
export function PersonDeeds({
  person,
  anchor,
  onClose,
}: {
  person: Target;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const all = useDeedsOn(person);
  const ban = useBanOn(person.id, all.includes("unban"));
  const banned = ban !== null && typeof ban === "object" ? ban.words : null;
  const mute = useMuteOn(person.id, all.includes("unmute"));
  const muted = mute !== null && typeof mute === "object" ? mute.words : null;
  // What holds and its end stand in the same line; where nobody says which, there are both.
  const deeds = all.filter((one) => {
    if (one === "unban") return banned ?? ban === "unknown";
    if (one === "unmute") return muted ?? mute === "unknown";
    return one === "ban" ? !banned : one !== "mute" || !muted;
  });
  const [deed, setDeed] = useState<DeedName | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => Array.from(menu.current?.querySelectorAll<HTMLElement>("button") ?? []);
  useEffect(() => menu.current?.querySelector("button")?.focus(), []);

  function move(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (!next) return event.key === "Tab" ? onClose() : undefined;
    event.preventDefault();
    next.focus();
  }

  function close() {
    onClose();
    anchor.current?.focus();
  }

  if (deed) return <DeedDialog deed={deed} person={person} onClose={close} />;
  return (
    <Popover
      anchor={anchor}
      onClose={onClose}
      role="menu"
      aria-label={`About ${person.name}`}
      className="w-56"
    >
      <div ref={menu} role="none" className="p-1" onKeyDown={move}>
        <PersonItems person={person} onDone={close} />
        {deeds.length > 0 && <hr className="my-1 border-line" />}
        {deeds.map((one) => {
          const { item, sign: Sign } = DEEDS[one];
          return (
            <button
              key={one}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={menuItemClass}
              onClick={() => setDeed(one)}
            >
              <Sign aria-hidden="true" className="size-4 shrink-0 text-quiet" />
              {item}
            </button>
          );
        })}
        {[muted, banned]
          .filter((words) => words !== null)
          .map((words) => (
            <p key={words} role="none" className="px-3 pt-1 pb-2 text-fine break-words text-quiet">
              {words}
            </p>
          ))}
      </div>
    </Popover>
  );
}
