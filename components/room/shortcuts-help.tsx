"use client";

import { Fragment } from "react";
import Link from "next/link";
import { usePreference } from "../shell/preferences";
import { Dialog } from "../ui/dialog";
import { helpLines } from "./shortcut-lines";

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** What the keyboard does here. */
export function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const singleKeys = usePreference("singleKeys");
  return (
    <Dialog open title="Keyboard" onClose={onClose}>
      <div className="grid gap-5">
        {helpLines(isApple() ? "⌘" : "Ctrl").map(({ title, lines }) => (
          <section key={title}>
            <h3 className="pb-1 text-fine font-semibold text-quiet">{title}</h3>
            <dl className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 text-small">
              {lines.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>{does}</dt>
                  <dd className="flex justify-end gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="grid min-h-6 min-w-6 place-items-center rounded-[6px] border border-line bg-surface px-1.5 font-sans text-fine text-soft"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <p className="text-small text-quiet">
          Keys that work alone are {singleKeys ? "on" : "off"}.{" "}
          <Link href="/settings#keyboard" className="font-medium text-ink underline">
            Change it in settings
          </Link>
        </p>
      </div>
    </Dialog>
  );
}
