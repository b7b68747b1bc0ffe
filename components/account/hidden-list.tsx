"use client";

import { useRef, useState } from "react";
import { hidePerson } from "@/lib/client/direct";
import { HIDE_REFUSED } from "../people/hide-words";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { DateTime } from "../ui/date-time";
import { Refusal } from "../ui/form-parts";
import { useHydrated } from "../ui/use-hydrated";

interface HiddenPerson {
  id: string;
  name: string;
  /** Milliseconds since the Unix epoch. */
  since: number;
}

/** Whom one has hidden, each with the way back. */
export function HiddenList({ initial }: { initial: HiddenPerson[] }) {
  const hydrated = useHydrated();
  const [people, setPeople] = useState(initial);
  const [busy, setBusy] = useState<string>();
  const [told, setTold] = useState<{ done?: string; refused?: string }>({});
  const status = useRef<HTMLParagraphElement>(null);

  async function showAgain({ id, name }: HiddenPerson) {
    if (busy) return;
    setBusy(id);
    const result = await hidePerson(id, false);
    setBusy(undefined);
    if (!result.ok) return setTold({ refused: HIDE_REFUSED[result.code] });
    setPeople((before) => before.filter((one) => one.id !== id));
    setTold({ done: `${name} is shown again.` });
    // The button that had the focus is gone.
    status.current?.focus();
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      {people.length > 0 && (
        <ul aria-label="Hidden people" className="divide-y divide-line border-y border-line">
          {people.map((person) => (
            <li key={person.id} className="flex min-h-14 items-center gap-4 py-2">
              <Avatar person={person} size="small" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">
                  <bdi>{person.name}</bdi>
                </p>
                <p className="text-small text-quiet">
                  Since <DateTime at={person.since} dayOnly />
                </p>
              </div>
              <Button
                small
                disabled={!hydrated}
                aria-label={`Show ${person.name} again`}
                aria-busy={busy === person.id}
                onClick={() => void showAgain(person)}
              >
                Show again
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p ref={status} role="status" tabIndex={-1} className="text-small text-quiet outline-none">
        {told.done ?? (people.length === 0 ? "You hide nobody." : "")}
      </p>
      <Refusal>{told.refused}</Refusal>
    </div>
  );
}
