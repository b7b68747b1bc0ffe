"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { useRef } from "react";
import { cx } from "../ui/cx";
import type { Panel } from "./panels";
import { PANEL_PX, withinBounds } from "./panels";

/**
 * The edge of a side column, which moves: a window splitter after the ARIA authoring practices. It is
 * a hairline to the eye and 9 px to the pointer; a double click gives the usual width back.
 */
export function PanelDivider({
  panel,
  controls,
  width,
  onWidth,
}: {
  panel: Panel;
  /** The id of the column. */
  controls: string;
  width: number;
  /** `done` is false while the pointer still moves. */
  onWidth: (width: number, done: boolean) => void;
}) {
  const from = useRef<{ x: number; width: number } | null>(null);
  /** The rooms grow to the right, the people to the left. */
  const sign = panel === "rooms" ? 1 : -1;

  function onKeyDown(event: KeyboardEvent) {
    const { min, max, step } = PANEL_PX;
    const next = {
      ArrowRight: width + sign * step,
      ArrowLeft: width - sign * step,
      Home: min,
      End: max,
    }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onWidth(withinBounds(next), true);
  }

  function drag(event: PointerEvent, done: boolean) {
    if (!from.current) return;
    onWidth(withinBounds(from.current.width + sign * (event.clientX - from.current.x)), done);
    if (done) from.current = null;
  }

  return (
    // A separator that can be moved is a widget (WAI-ARIA 1.2), which the rule does not know.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${panel}`}
      aria-controls={controls}
      aria-valuenow={width}
      aria-valuemin={PANEL_PX.min}
      aria-valuemax={PANEL_PX.max}
      aria-valuetext={`${width} pixels`}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      title="Drag to resize"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => drag(event, false)}
      onPointerUp={(event) => drag(event, true)}
      onPointerCancel={(event) => drag(event, true)}
      onDoubleClick={() => onWidth(PANEL_PX.usual, true)}
      className={cx(
        "absolute inset-y-0 z-10 hidden w-px cursor-col-resize touch-none bg-line outline-none lg:block",
        panel === "rooms" ? "left-0" : "right-0",
        "before:absolute before:inset-y-0 before:-inset-x-1",
        "after:absolute after:inset-y-0 after:-inset-x-px after:transition-colors after:duration-[var(--quick)]",
        "hover:after:bg-strong active:after:bg-accent-ink focus-visible:after:bg-accent-ink",
        "forced-colors:focus-visible:after:bg-[Highlight]",
      )}
    />
  );
}
