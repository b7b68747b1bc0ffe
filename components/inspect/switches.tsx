"use client";

import { FALSE_ANSWERS } from "@/lib/client/inspect/false-answer";
import type { Probe, ProbeView } from "@/lib/client/inspect/probe";
import { Button } from "../ui/button";
import { Section } from "./section";

const ANSWER_WORDS = { "401": "401", "429": "429", "500": "500", hang: "No answer" };

/** What can happen to a connection, on demand. */
export function Switches({
  probe,
  view,
  onTryNow,
}: {
  probe: Probe;
  view: ProbeView;
  onTryNow: () => void;
}) {
  return (
    <Section title="Switches">
      <div className="flex flex-wrap gap-2">
        <Button small onClick={probe.expireNow}>
          Expire now
        </Button>
        <Button small onClick={probe.drop}>
          Drop the socket
        </Button>
        <Button small onClick={probe.spendTwice}>
          Spend the token twice
        </Button>
        <Button small aria-pressed={view.frozen} onClick={() => probe.freeze(!view.frozen)}>
          {view.frozen ? "Thaw" : "Freeze"}
        </Button>
        <Button small onClick={onTryNow}>
          Try now
        </Button>
      </div>
      <div
        role="group"
        aria-label="Next token request"
        className="flex flex-wrap items-center gap-2"
      >
        <span className="text-small text-soft">Next token request answers</span>
        {FALSE_ANSWERS.map((answer) => (
          <Button
            key={answer}
            small
            aria-pressed={view.nextAnswer === answer}
            className="aria-pressed:border-ink aria-pressed:bg-hover"
            onClick={() => probe.answerNext(view.nextAnswer === answer ? null : answer)}
          >
            {ANSWER_WORDS[answer]}
          </Button>
        ))}
      </div>
    </Section>
  );
}
