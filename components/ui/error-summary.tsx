"use client";

import { useEffect, useRef } from "react";

/**
 * What is wrong with a form, above it, each line leading to its field. Takes the focus whenever
 * `attempt` rises, so that nobody has to look for it.
 */
export function ErrorSummary({
  attempt,
  errors,
}: {
  attempt: number;
  errors: { id: string; text: string }[];
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-house border border-danger bg-danger-wash px-4 py-3 text-small"
    >
      <p className="font-semibold">
        {errors.length === 1 ? "One thing to mend:" : `${errors.length} things to mend:`}
      </p>
      <ul className="mt-1 grid gap-1">
        {errors.map(({ id, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-block py-0.5 text-danger underline underline-offset-2"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
