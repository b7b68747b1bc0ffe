"use client";

import { useEffect, useId, useRef, useState } from "react";
import type { MemberLine as Member } from "@/lib/client/room-admin";
import { ROLES, type Role } from "@/lib/protocol/values";
import { outranks } from "@/lib/room/permissions";
import { ROLE_WORDS } from "../moderation/deeds";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { longDate } from "../ui/format";

/** Somebody on the list; those who may decide about them open the line to do so. */
export function MemberLine({
  member,
  me,
  standing,
  archived,
  busy,
  onRole,
  onRemove,
}: {
  member: Member;
  me: boolean;
  standing: Role;
  archived: boolean;
  busy: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
}) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { name, role, since } = member;
  const decides = !me && (standing === "owner" || outranks(standing, role));

  function close() {
    setOpen(false);
    // The button is there again once this is drawn.
    requestAnimationFrame(() => opener.current?.focus());
  }

  return (
    <li className="py-2.5">
      <div className="flex min-h-10 items-center gap-3">
        <Avatar person={member} size="small" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            <bdi>{name}</bdi>
            {me && <span className="text-quiet"> (you)</span>}
          </p>
          <p className="text-small text-quiet">
            <span className="inline-block first-letter:uppercase">{role}</span> since{" "}
            {longDate(since)}
          </p>
        </div>
        {decides && !open && (
          <Button
            ref={opener}
            small
            aria-label={`Change ${name}`}
            aria-busy={busy}
            onClick={() => setOpen(true)}
          >
            Change…
          </Button>
        )}
      </div>
      {open && (
        <Deciding
          name={name}
          role={role}
          roles={
            archived ? [] : ROLES.filter((one) => standing === "owner" || outranks(standing, one))
          }
          busy={busy}
          onRole={onRole}
          onRemove={onRemove}
          onClose={close}
        />
      )}
    </li>
  );
}

function Deciding({
  name,
  role,
  roles,
  busy,
  onRole,
  onRemove,
  onClose,
}: {
  name: string;
  role: Role;
  /** Which they may be given; none in an archived room. */
  roles: readonly Role[];
  busy: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const id = useId();
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <form
      ref={box}
      method="post"
      tabIndex={-1}
      aria-label={`Change ${name}`}
      className="mt-2 grid grid-cols-1 gap-3 rounded-house bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = new FormData(event.currentTarget).get(id);
        const next = roles.find((one) => one === chosen);
        if (next && next !== role) onRole(next);
        else onClose();
      }}
    >
      {roles.length > 0 && (
        <Choice
          legend={`Role of ${name}`}
          name={id}
          chosen={role}
          lines={roles.map((one) => ({ value: one, label: one, hint: ROLE_WORDS[one] }))}
        />
      )}
      <p className="text-small text-soft">
        Whoever is removed leaves at once, and comes back when somebody adds or invites them.
      </p>
      <div className="flex flex-wrap gap-3">
        {roles.length > 0 && (
          <Button type="submit" small look="primary" aria-busy={busy}>
            Save role
          </Button>
        )}
        <Button small look="danger" aria-busy={busy} onClick={onRemove}>
          Remove from room
        </Button>
        <Button small onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
