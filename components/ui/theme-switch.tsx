"use client";

import { useSyncExternalStore } from "react";
import { Monitor, Moon, Sun } from "lucide-react";
import { cx } from "./cx";
import type { Theme } from "./theme";
import { chooseTheme, currentTheme, onTheme, THEMES } from "./theme";
import { useHydrated } from "./use-hydrated";

const faces = {
  system: { name: "System", Icon: Monitor },
  light: { name: "Light", Icon: Sun },
  dark: { name: "Dark", Icon: Moon },
};

/** The chosen theme of this page, followed. */
export const useTheme = (): Theme =>
  useSyncExternalStore(onTheme, currentTheme, () => "system" as const);

/** Three radio buttons in one row. */
export function ThemeSwitch({ label = "Theme" }: { label?: string }) {
  const theme = useTheme();
  const hydrated = useHydrated();
  return (
    <fieldset disabled={!hydrated} className="inline-flex rounded-house border border-strong p-0.5">
      <legend className="sr-only">{label}</legend>
      {THEMES.map((one) => {
        const { name, Icon } = faces[one];
        return (
          <label
            key={one}
            className={cx(
              "target inline-flex cursor-pointer items-center justify-center gap-2 rounded-[6px] px-3 text-small",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink",
              theme === one ? "bg-hover font-medium text-ink" : "text-soft hover:text-ink",
            )}
          >
            <input
              type="radio"
              name="theme"
              value={one}
              checked={theme === one}
              onChange={() => chooseTheme(one)}
              className="sr-only"
            />
            <Icon aria-hidden="true" className="size-4" />
            {name}
          </label>
        );
      })}
    </fieldset>
  );
}
