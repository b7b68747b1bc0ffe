"use client";

import { useRef } from "react";
import { useRouter } from "next/navigation";
import { createRoom } from "@/lib/client/account";
import { Button } from "../ui/button";
import { Choice } from "../ui/choice";
import { Field } from "../ui/field";
import { FormProblems } from "../ui/form-parts";
import { wait } from "../ui/format";
import { useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { MAX_SLUG_CHARACTERS, isRoomId, slugOf } from "./slug";
import { readVisibility, VISIBILITY_CHOICE } from "./visibility";

const FIELDS = ["name", "id", "topic", "visibility"] as const;

/** A room needs a name; its address follows from the name until it is written by hand. */
export function CreateRoomForm() {
  const router = useRouter();
  const hydrated = useHydrated();
  const id = useRef<HTMLInputElement>(null);
  const ownId = useRef(false);
  const form = useForm({ fields: FIELDS, prefix: "room-" }, async (given) => {
    const [name, address, topic] = [given.name.trim(), given.id.trim(), given.topic.trim()];
    if (!name) return { errors: { name: "Give the room a name." } };
    if (!isRoomId(address)) {
      return { errors: { id: "Use small letters, digits and hyphens for the address." } };
    }
    const result = await createRoom({
      id: address,
      name,
      ...(topic && { topic }),
      visibility: readVisibility(given.visibility),
    });
    if (result.ok) {
      router.push(`/rooms/${result.id}`);
      return { leaving: true };
    }
    if (result.code === "bad_request" && result.fields) return { errors: result.fields };
    if (result.code === "conflict") {
      return { errors: { id: "There is a room at this address already. Choose another." } };
    }
    if (result.code === "signed_out") {
      window.location.assign("/sign-in?callbackUrl=%2Frooms");
      return { leaving: true };
    }
    return {
      refusal:
        result.code === "rate_limited"
          ? `Too many new rooms at once. Try again in ${wait(result.retryAfterSeconds ?? 60)}.`
          : "The room was not made: the server did not answer. What you typed is still here.",
    };
  });

  return (
    <form
      method="post"
      noValidate
      onSubmit={form.onSubmit}
      className="grid gap-4"
      aria-labelledby="new-room"
    >
      <FormProblems form={form} />
      <Field
        {...form.field("name")}
        label="Room name"
        autoComplete="off"
        maxLength={64}
        onInput={(event) => {
          if (id.current && !ownId.current) id.current.value = slugOf(event.currentTarget.value);
        }}
        required
      />
      <Field
        ref={id}
        {...form.field("id")}
        label="Address"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={MAX_SLUG_CHARACTERS}
        hint="The end of its link: small letters, digits, hyphens."
        onInput={(event) => {
          ownId.current = event.currentTarget.value !== "";
        }}
        required
      />
      <Field {...form.field("topic")} label="Topic (optional)" autoComplete="off" maxLength={140} />
      <Choice {...VISIBILITY_CHOICE} chosen="public" boxed />
      <Button
        type="submit"
        look="primary"
        disabled={!hydrated}
        aria-busy={form.busy}
        className="justify-self-start"
      >
        Create room
      </Button>
    </form>
  );
}
