"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import { Eye, EyeOff, MessageSquare } from "lucide-react";
import { hidePerson, openDirect } from "@/lib/client/direct";
import { DIRECT_REFUSED } from "../rooms/direct-words";
import { menuItemClass } from "../shell/menu-items";
import { useHidden } from "./hidden";
import { HIDE_REFUSED } from "./hide-words";

const icon = { "aria-hidden": true, className: "size-4 shrink-0 text-quiet" } as const;

/** What everybody can do about another person, as lines of their menu. */
export function PersonItems({
  person: { id, name },
  onDone,
}: {
  person: { id: string; name: string };
  onDone: () => void;
}) {
  const router = useRouter();
  const { ids, note } = useHidden();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const hidden = ids.has(id);

  async function carryOut(work: () => Promise<string | null>) {
    if (busy) return;
    setBusy(true);
    setRefused("");
    const refusal = await work();
    setBusy(false);
    if (refusal) setRefused(refusal);
    else onDone();
  }

  const message = () =>
    carryOut(async () => {
      const result = await openDirect({ user: id });
      if (!result.ok) return DIRECT_REFUSED[result.code];
      router.push(`/rooms/${result.id}`);
      return null;
    });
  const hide = () =>
    carryOut(async () => {
      const result = await hidePerson(id, !hidden);
      if (!result.ok) return HIDE_REFUSED[result.code];
      note(id, !hidden);
      return null;
    });

  return (
    <div role="none">
      {!hidden && (
        <Item onClick={() => void message()}>
          <MessageSquare {...icon} />
          <span className="truncate">
            Message <bdi>{name}</bdi>
          </span>
        </Item>
      )}
      <Item onClick={() => void hide()}>
        {hidden ? <Eye {...icon} /> : <EyeOff {...icon} />}
        <span className="truncate">
          {hidden ? "Show" : "Hide"} <bdi>{name}</bdi>
          {hidden && " again"}
        </span>
      </Item>
      {!hidden && (
        <p role="none" className="px-3 pt-1 pb-2 text-fine text-quiet">
          Hiding is for you alone: what they say is folded away, and you two write nothing to each
          other. Settings has the list.
        </p>
      )}
      {refused && (
        <p role="alert" className="px-3 py-2 text-small text-danger">
          {refused}
        </p>
      )}
    </div>
  );
}

function Item(props: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={menuItemClass} {...props} />
  );
}
