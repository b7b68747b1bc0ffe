"use client";

import { useCallback, useRef, useState } from "react";
import { listInvites, makeInvite, revokeInvite } from "@/lib/client/room-admin";
import type { Role } from "@/lib/protocol/values";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { FormProblems } from "../ui/form-parts";
import { untilTime } from "../ui/until";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { Listing } from "./listing";
import { refusedOutcome } from "./refused";
import { SelectField } from "./select-field";
import { useLineDeed, useListing } from "./use-listing";

const FIELDS = ["role", "expires", "maxUses"] as const;
const DAY = 86_400;
const EXPIRES = [
  { value: String(DAY), label: "1 day" },
  { value: String(7 * DAY), label: "1 week" },
  { value: String(30 * DAY), label: "30 days" },
  { value: String(90 * DAY), label: "90 days" },
];
const ROLES: readonly Exclude<Role, "owner">[] = ["member", "reader", "moderator"];

/** Links into the room: made here, told once, revoked here. */
export function Invites({ room, owner }: { room: string; owner: boolean }) {
  const hydrated = useHydrated();
  const listing = useListing(useCallback(() => listInvites(room), [room]));
  const { busy, refusal, run } = useLineDeed(listing.reload);
  const [link, setLink] = useState<string | null>(null);
  const form = useForm({ fields: FIELDS, prefix: "invite-" }, async (given) => {
    const maxUses = Number(given.maxUses);
    if (!Number.isInteger(maxUses) || maxUses < 1 || maxUses > 1_000) {
      return { errors: { maxUses: "Use a whole number from 1 to 1000." } };
    }
    const result = await makeInvite(room, {
      role: ROLES.find((known) => known === given.role) ?? "member",
      expiresInSeconds: Number(given.expires),
      maxUses,
    });
    if (!result.ok) return refusedOutcome(result, FIELDS);
    setLink(`${window.location.origin}${result.path}`);
    void listing.reload();
    return {};
  });
  const roles = ROLES.filter((role) => owner || role !== "moderator");
  return (
    <div className="grid grid-cols-1 gap-5">
      <form
        method="post"
        noValidate
        aria-label="New invite link"
        onSubmit={form.onSubmit}
        className="grid gap-4"
      >
        <FormProblems form={form} />
        <div className="grid gap-4 sm:grid-cols-3">
          <SelectField
            {...form.field("role")}
            label="Lets in as"
            options={roles.map((role) => ({ value: role, label: role }))}
          />
          <SelectField
            {...form.field("expires")}
            label="Works for"
            defaultValue={String(7 * DAY)}
            options={EXPIRES}
          />
          <Field
            {...form.field("maxUses")}
            label="Uses"
            inputMode="numeric"
            autoComplete="off"
            defaultValue="1"
          />
        </div>
        <Button
          type="submit"
          small
          disabled={!hydrated}
          aria-busy={form.busy}
          className="justify-self-start"
        >
          Make a link
        </Button>
      </form>
      {link && <NewLink key={link} link={link} />}
      <Listing
        label="Invite links"
        listing={listing}
        linesOf={({ invites }) => invites}
        empty="No link works at the moment."
        refusal={refusal}
      >
        {({ invites }, at) =>
          invites.map(({ id, role, expiresAt, uses, maxUses }) => (
            <li key={id} className="flex min-h-14 items-center gap-4 py-2.5">
              <div className="min-w-0 flex-1">
                <p className="font-medium">As {role}</p>
                <p className="tabular text-small text-quiet">
                  {uses} of {maxUses} used · until {untilTime(expiresAt, at)}
                </p>
              </div>
              <Button
                small
                aria-label={`Revoke the link for a ${role}`}
                aria-busy={busy === id}
                onClick={() => void run(id, () => revokeInvite(room, id))}
              >
                Revoke
              </Button>
            </li>
          ))
        }
      </Listing>
    </div>
  );
}

/** A link that has just been made; nobody can read it again later. */
function NewLink({ link }: { link: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setTold("Copied.");
    } catch {
      field.current?.select();
      setTold("Select it and copy it by hand: the browser did not let the page do it.");
    }
  }

  return (
    <div className="grid gap-2 rounded-house bg-accent-wash p-4">
      <label htmlFor="new-link" className="text-small font-medium">
        Your new link. It is shown this once.
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          id="new-link"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="target min-w-0 flex-1 basis-60 rounded-house border border-strong bg-surface px-2.5 py-1 text-small"
        />
        <Button small onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      <p role="status" className="text-small text-soft empty:hidden">
        {told}
      </p>
    </div>
  );
}
