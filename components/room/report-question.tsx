"use client";

import type { FormEvent } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useRoomClient } from "@/lib/client/react";
import { MAX_REASON_CHARACTERS } from "@/lib/protocol/limits";
import { Button } from "../ui/button";
import { Question } from "./question";

const REFUSED: Record<string, string> = {
  rate_limited: "That is a lot of reports. Try again in a minute.",
  not_found: "The message is gone already.",
};

/** Asks the moderators to look at a message, and says in place that they will. */
export function ReportQuestion({ seq, onClose }: { seq: number; onClose: () => void }) {
  const client = useRoomClient();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  const [state, setState] = useState<"asking" | "busy" | "done">("asking");
  const [refusal, setRefusal] = useState("");
  useEffect(() => (state === "done" ? back : field).current?.focus(), [state]);

  async function report(event: FormEvent) {
    event.preventDefault();
    if (state === "busy") return;
    setState("busy");
    setRefusal("");
    const reason = field.current?.value.trim();
    const result = await client.request({ type: "chat.report", seq, ...(reason && { reason }) });
    setState(result.ok ? "done" : "asking");
    if (!result.ok) {
      setRefusal(REFUSED[result.code] ?? "Not reported: the room did not answer. Try again.");
    }
  }

  if (state === "done") {
    return (
      <Question label="Reported. Those who keep order here will look." onClose={onClose}>
        <Button ref={back} small onClick={onClose}>
          Close
        </Button>
        <span role="status" className="sr-only">
          Reported. Those who keep order here will look.
        </span>
      </Question>
    );
  }
  return (
    <Question label="Report this message?" onClose={onClose}>
      <form onSubmit={(event) => void report(event)} className="contents">
        <label htmlFor={id} className="sr-only">
          What is wrong with it (optional)
        </label>
        <input
          ref={field}
          id={id}
          placeholder="What is wrong with it (optional)"
          autoComplete="off"
          maxLength={MAX_REASON_CHARACTERS}
          className="target w-full min-w-0 basis-60 rounded-house border border-strong bg-surface px-2.5 py-1 placeholder:text-quiet sm:w-60"
        />
        <Button type="submit" small look="danger" aria-busy={state === "busy"}>
          Report
        </Button>
        <Button small onClick={onClose}>
          Cancel
        </Button>
      </form>
      <p role="alert" className="w-full font-medium text-danger empty:hidden">
        {refusal}
      </p>
    </Question>
  );
}
