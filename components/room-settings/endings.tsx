"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { changeRoom, clearRoom, deleteRoom, handOver } from "@/lib/client/room-admin";
import { MAX_REASON_CHARACTERS } from "@/lib/protocol/limits";
import { Field } from "../ui/field";
import { AskedDeed } from "./asked-deed";
import type { RoomToKeep } from "./facts";
import { SelectField } from "./select-field";

/** What owners decide about the room as a whole, the gravest last. */
export function Endings({
  room,
  heirs,
}: {
  room: RoomToKeep;
  /** Members who could own it. */
  heirs: readonly { id: string; name: string }[];
}) {
  const router = useRouter();
  const [told, setTold] = useState("");
  const { id, archived } = room;
  function done(words: string) {
    setTold(words);
    router.refresh();
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <AskedDeed
        name={archived ? "Open again" : "Archive"}
        hint={archived ? "People write here again." : "It stays, to be read and not written in."}
        look="plain"
        question={
          archived
            ? "People are again what they were, and may write."
            : "It can be read, and nobody writes in it any more, until you open it again."
        }
        button={archived ? "Open the room" : "Archive the room"}
        fields={[]}
        work={() => changeRoom(id, { archived: !archived })}
        done={() => done(archived ? "The room is open again." : "The room is archived.")}
      />
      <AskedDeed
        name="Hand over"
        hint="Somebody else owns it, and you moderate."
        look="plain"
        question={
          heirs.length === 0
            ? "Nobody else is on the list of this room. Add somebody first."
            : "They own the room from then on, and you moderate it."
        }
        button="Hand the room over"
        fields={["user"]}
        check={(given) => (given.user ? null : { errors: { user: "Choose somebody." } })}
        work={({ user }) => handOver(id, user)}
        done={() => done("Handed over. You moderate the room now.")}
      >
        {(field) => (
          <SelectField
            {...field("user")}
            label="New owner"
            options={[
              { value: "", label: "Choose…" },
              ...heirs.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
      </AskedDeed>
      {!archived && (
        <AskedDeed
          name="Clear history"
          hint="The room stays; what was said goes."
          question="Everything that was said here is deleted for good, for everybody."
          button="Clear for good"
          fields={["reason"]}
          work={({ reason }) => clearRoom(id, reason.trim())}
          done={() => done("Cleared.")}
        >
          {(field) => (
            <Field
              {...field("reason")}
              label="Reason for the log (optional)"
              autoComplete="off"
              maxLength={MAX_REASON_CHARACTERS}
            />
          )}
        </AskedDeed>
      )}
      <AskedDeed
        name="Delete room"
        hint="The room goes, with all that was said."
        question={`The room, its list and all that was said in it are deleted for good. Everybody in it leaves at once. To confirm, type ${id}.`}
        button="Delete for good"
        fields={["confirm"]}
        check={(given) =>
          given.confirm.trim() === id
            ? null
            : { errors: { confirm: `Type ${id} to delete the room.` } }
        }
        work={({ confirm }) => deleteRoom(id, confirm.trim())}
        done={() => window.location.assign("/rooms")}
      >
        {(field) => (
          <Field
            {...field("confirm")}
            label="Address of the room"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </AskedDeed>
      <p role="status" className="text-small text-soft empty:hidden">
        {told}
      </p>
    </div>
  );
}
