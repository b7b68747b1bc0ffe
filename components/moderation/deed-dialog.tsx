"use client";

import { useId } from "react";
import type { RoomClient } from "@/lib/client/types";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { banPerson, changeRole, removePerson, unbanPerson } from "@/lib/client/room-admin";
import { MAX_REASON_CHARACTERS } from "@/lib/protocol/limits";
import { ROLES, type Role } from "@/lib/protocol/values";
import { outranks } from "@/lib/room/permissions";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Refusal } from "../ui/form-parts";
import { useForm } from "../ui/use-form";
import { DEEDS, refusedWords, ROLE_WORDS, type DeedName } from "./deeds";

export interface Target {
  id: string;
  name: string;
  role?: Role | undefined;
}

interface Given {
  seconds?: number | undefined;
  reason?: string | undefined;
  role: Role;
}

/** Bans, roles and lists are kept by the app; the rest is the room's, which acts without it. */
function carryOut(client: RoomClient, deed: DeedName, user: string, given: Given) {
  const { seconds, reason, role } = given;
  const { room } = client.getSnapshot();
  const why = { ...(reason && { reason }) };
  const span = { ...(seconds !== undefined && { seconds }) };
  switch (deed) {
    case "ban":
      return banPerson(room, { user, ...span, ...why });
    case "unban":
      return unbanPerson(room, user);
    case "role":
      return changeRole(room, user, role);
    case "remove":
      return removePerson(room, user);
    case "kick":
    case "mute":
      return client.request({ type: `mod.${deed}`, user, ...span, ...why });
    case "unmute":
      return client.request({ type: "mod.unmute", user, ...why });
  }
}

/** What is done to a person: for how long, why, and a way back. Stays with its text if it was refused. */
export function DeedDialog({
  deed,
  person,
  onClose,
}: {
  deed: DeedName;
  person: Target;
  onClose: () => void;
}) {
  const client = useRoomClient();
  const id = useId();
  const own = useRoom((view) => view.me?.role) ?? "reader";
  const { title, hint, button, spans, reason, grave } = DEEDS[deed];
  const form = useForm({ fields: ["span", "role", "reason"], prefix: id }, async (given) => {
    const seconds = spans?.[Number(given.span)]?.seconds ?? undefined;
    const role = ROLES.find((known) => known === given.role) ?? "member";
    const words = given.reason.trim();
    const result = await carryOut(client, deed, person.id, { seconds, reason: words, role });
    if (!result.ok) return { refusal: refusedWords(result) };
    onClose();
    return {};
  });
  const roles = ROLES.filter((role) => own === "owner" || outranks(own, role));
  return (
    <Dialog open onClose={onClose} title={title(person.name)}>
      <form method="post" noValidate onSubmit={form.onSubmit} className="grid grid-cols-1 gap-4">
        <p className="text-small text-soft">{hint}</p>
        {spans && (
          <Choice
            legend="For how long"
            name="span"
            lines={spans.map(({ words }, at) => ({ value: String(at), label: words }))}
            chosen="0"
          />
        )}
        {deed === "role" && (
          <Choice
            legend="Role"
            name="role"
            lines={roles.map((role) => ({ value: role, label: role, hint: ROLE_WORDS[role] }))}
            chosen={person.role ?? "member"}
          />
        )}
        {reason && (
          <Field
            {...form.field("reason")}
            label="Reason (optional)"
            autoComplete="off"
            maxLength={MAX_REASON_CHARACTERS}
          />
        )}
        <Refusal>{form.refusal}</Refusal>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" small look={grave ? "danger" : "primary"} aria-busy={form.busy}>
            {button}
          </Button>
          <Button small onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
