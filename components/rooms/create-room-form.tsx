"use client";

import type { FormEvent } from "react";
import { useRef, useState } from "react";
import { useRouter } from "next/navigation";
import { createRoom } from "@/lib/client/account";
import { ErrorSummary } from "../auth/error-summary";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { wait } from "../ui/format";
import { Notice } from "../ui/notice";
import { useHydrated } from "../ui/use-hydrated";
import { MAX_SLUG_CHARACTERS, isRoomId, slugOf } from "./slug";
import { VisibilityChoice } from "./visibility-choice";

type Errors = Partial<Record<"name" | "id" | "topic", string>>;
const FIELDS = ["name", "id", "topic"] as const;

/** A room needs a name; its address follows from the name until it is written by hand. */
export function CreateRoomForm() {
  const router = useRouter();
  const hydrated = useHydrated();
  const id = useRef<HTMLInputElement>(null);
  const ownId = useRef(false);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [errors, setErrors] = useState<Errors>({});
  const [refusal, setRefusal] = useState<string | null>(null);

  function refuse(found: Errors) {
    setErrors(found);
    setAttempt((count) => count + 1);
    setBusy(false);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const topic = text("topic");
    setRefusal(null);
    if (!text("name")) return refuse({ name: "Give the room a name." });
    if (!isRoomId(text("id"))) {
      return refuse({ id: "Use small letters, digits and hyphens for the address." });
    }
    setErrors({});
    setBusy(true);
    const result = await createRoom({
      id: text("id"),
      name: text("name"),
      ...(topic && { topic }),
      visibility: text("visibility") === "private" ? "private" : "public",
    });
    if (result.ok) return router.push(`/rooms/${result.id}`);
    if (result.code === "bad_request" && result.fields) return refuse(result.fields);
    if (result.code === "conflict") {
      return refuse({ id: "There is a room at this address already. Choose another." });
    }
    if (result.code === "signed_out") {
      return window.location.assign("/sign-in?callbackUrl=%2Frooms");
    }
    setBusy(false);
    setRefusal(
      result.code === "rate_limited"
        ? `Too many new rooms at once. Try again in ${wait(result.retryAfterSeconds ?? 60)}.`
        : "The room was not made: the server did not answer. What you typed is still here.",
    );
  }

  const summary = FIELDS.flatMap((field) => {
    const text = errors[field];
    return text ? [{ field: `room-${field}`, text }] : [];
  });
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid gap-4"
      aria-labelledby="new-room"
    >
      <ErrorSummary attempt={attempt} errors={summary} />
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
      <Field
        id="room-name"
        name="name"
        label="Room name"
        autoComplete="off"
        maxLength={64}
        error={errors.name}
        onInput={(event) => {
          if (id.current && !ownId.current) id.current.value = slugOf(event.currentTarget.value);
        }}
        required
      />
      <Field
        ref={id}
        id="room-id"
        name="id"
        label="Address"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={MAX_SLUG_CHARACTERS}
        hint="The end of its link: small letters, digits, hyphens."
        error={errors.id}
        onInput={(event) => {
          ownId.current = event.currentTarget.value !== "";
        }}
        required
      />
      <Field
        id="room-topic"
        name="topic"
        label="Topic (optional)"
        autoComplete="off"
        maxLength={140}
        error={errors.topic}
      />
      <VisibilityChoice />
      <Button
        type="submit"
        look="primary"
        disabled={!hydrated}
        aria-busy={busy}
        className="justify-self-start"
      >
        Create room
      </Button>
    </form>
  );
}
