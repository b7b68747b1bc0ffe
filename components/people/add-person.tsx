"use client";

import { useState } from "react";
import { UserPlus } from "lucide-react";
import { useRoom } from "@/lib/client/react";
import { later } from "../ui/later";

const AddPersonForm = later(() => import("./add-person-form").then((file) => file.AddPersonForm));

/** How somebody gets onto the list of a private room: those who keep it add them by email. */
export function AddPerson({ room }: { room: string }) {
  const role = useRoom((view) => view.me?.role);
  const [open, setOpen] = useState(false);
  if (role !== "owner" && role !== "moderator") return null;
  return (
    <details className="mt-4 px-4" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-10 cursor-pointer items-center gap-2 rounded-house px-1 text-small text-soft hover:text-ink">
        <UserPlus aria-hidden="true" className="size-4" />
        Add somebody
      </summary>
      {open && (
        <AddPersonForm
          room={room}
          missing={
            <p role="alert" className="pt-2 text-small">
              The form did not arrive. Close this and open it again.
            </p>
          }
        />
      )}
    </details>
  );
}
