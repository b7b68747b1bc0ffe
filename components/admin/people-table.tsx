"use client";

import { useRef, useState } from "react";
import { useRouter } from "next/navigation";
import type { PersonLine } from "@/lib/api/admin";
import { endPersonsSessions, switchPerson } from "@/lib/client/admin";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { DateTime } from "../ui/date-time";
import { Dialog } from "../ui/dialog";
import { Refusal } from "../ui/form-parts";
import { useHydrated } from "../ui/use-hydrated";
import { type Act, ACTS, ADMIN_REFUSED } from "./admin-words";

/** Everybody on this page of the list, each with what an admin may do about them; asked once before it is done. */
export function PeopleTable({ people, me }: { people: PersonLine[]; me: string }) {
  const router = useRouter();
  const [asked, setAsked] = useState<{ act: Act; person: PersonLine } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [done, setDone] = useState("");
  const opener = useRef<HTMLButtonElement | null>(null);

  function ask(act: Act, person: PersonLine, button: HTMLButtonElement) {
    opener.current = button;
    setRefused(undefined);
    setDone("");
    setAsked({ act, person });
  }

  async function carryOut() {
    if (!asked || busy) return;
    const { act, person } = asked;
    setBusy(true);
    setRefused(undefined);
    const result =
      act === "end" ? await endPersonsSessions(person.id) : await switchPerson(person.id, act);
    setBusy(false);
    if (!result.ok) return setRefused(ADMIN_REFUSED[result.code]);
    setAsked(null);
    setDone(ACTS[act].done(person.name, result.ended ?? 0));
    opener.current?.focus();
    router.refresh();
  }

  return (
    <>
      <p role="status" className="mb-3 min-h-6 text-small text-soft">
        {done}
      </p>
      <ul aria-label="People" className="divide-y divide-line border-y border-line">
        {people.map((person) => (
          <PersonItem key={person.id} person={person} me={person.id === me} onAsk={ask} />
        ))}
      </ul>
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={asked ? ACTS[asked.act].title(asked.person.name) : ""}
      >
        {asked && (
          <div className="grid grid-cols-1 gap-4">
            <p className="text-small text-soft">{ACTS[asked.act].what}</p>
            <p className="truncate text-small text-quiet">{asked.person.email}</p>
            <Refusal>{refused}</Refusal>
            <div className="flex flex-wrap gap-3">
              <Button
                small
                look={asked.act === "enable" ? "primary" : "danger"}
                aria-busy={busy}
                onClick={() => void carryOut()}
              >
                {ACTS[asked.act].button}
              </Button>
              <Button small onClick={() => setAsked(null)}>
                Cancel
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}

function PersonItem({
  person,
  me,
  onAsk,
}: {
  person: PersonLine;
  me: boolean;
  onAsk: (act: Act, person: PersonLine, button: HTMLButtonElement) => void;
}) {
  const hydrated = useHydrated();
  const { name, email, admin, disabled, sessions, createdAt } = person;
  const button = (act: Act, label: string) => (
    <Button
      small
      disabled={!hydrated}
      look={act === "disable" ? "danger" : "plain"}
      aria-label={label}
      onClick={(event) => onAsk(act, person, event.currentTarget)}
    >
      {ACTS[act].button}
    </Button>
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <Avatar person={person} className={disabled ? "saturate-0" : ""} />
      <div className="min-w-0 flex-1 basis-56">
        <p className={cx("flex items-center gap-2 font-medium", disabled && "text-quiet")}>
          <bdi className="truncate">{name}</bdi>
          {me && <span className="text-quiet">(you)</span>}
          {admin && <Mark>Admin</Mark>}
          {disabled && <Mark>Disabled</Mark>}
        </p>
        <p className="truncate text-small text-quiet">{email}</p>
        <p className="text-small text-quiet">
          {sessions === 0
            ? "Signed in nowhere"
            : sessions === 1
              ? "1 sign-in"
              : `${sessions} sign-ins`}
          {" · since "}
          <DateTime at={createdAt} dayOnly />
        </p>
      </div>
      {!me && (
        <div className="flex flex-wrap gap-2">
          {sessions > 0 && button("end", `End all sign-ins of ${name}`)}
          {disabled ? button("enable", `Enable ${name}`) : button("disable", `Disable ${name}`)}
        </div>
      )}
    </li>
  );
}

function Mark({ children }: { children: string }) {
  return (
    <span className="shrink-0 rounded-full border border-strong px-2 text-fine font-normal text-soft">
      {children}
    </span>
  );
}
