import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "tokens.css"), "utf8");

type Theme = "light" | "dark";
type Oklch = [lightness: number, chroma: number, hue: number];

/** `--name: light-dark(oklch(l c h), oklch(l c h))` or one colour for both, from the token file. */
function token(name: string, theme: Theme, hue = 0): Oklch {
  const value = new RegExp(`${name}:\\s*([^;]+);`).exec(css)?.[1];
  if (!value) throw new Error(`${name} is not in tokens.css`);
  const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) (?:([\d.]+)|var\(--hue\))\)/g)];
  const found = colours[theme === "dark" && colours.length > 1 ? 1 : 0];
  if (!found) throw new Error(`${name} is no colour`);
  return [Number(found[1]), Number(found[2]), found[3] ? Number(found[3]) : hue];
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, clipped to sRGB as browsers do at the worst. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Oklch, other: Oklch): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ["--paper", "--surface", "--sunken"];
const themes: Theme[] = ["light", "dark"];

describe.each(themes)("%s colours", (theme) => {
  it.each(
    ["--ink", "--ink-soft", "--ink-quiet", "--accent-ink", "--good", "--warn", "--danger"].flatMap(
      (ink) => grounds.map((ground) => [ink, ground]),
    ),
  )("%s is readable on %s", (ink, ground) => {
    expect(contrast(token(ink!, theme), token(ground!, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ["--on-accent", "--accent"],
    ["--on-accent", "--accent-hover"],
    ["--ink", "--hover"],
    ["--ink-soft", "--hover"],
    ["--ink", "--accent-wash"],
    ["--accent-ink", "--accent-wash"],
    ["--ink", "--warn-wash"],
    ["--warn", "--warn-wash"],
    ["--ink", "--danger-wash"],
    ["--danger", "--danger-wash"],
  ])("%s is readable on %s", (ink, ground) => {
    expect(contrast(token(ink, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  // WCAG 1.4.11: what tells a control or a state apart from its ground.
  it.each(
    ["--line-strong", "--accent-ink"].flatMap((mark) => grounds.map((ground) => [mark, ground])),
  )("%s is visible on %s", (mark, ground) => {
    expect(contrast(token(mark!, theme), token(ground!, theme))).toBeGreaterThanOrEqual(3);
  });

  it.each(Array.from({ length: 12 }, (_, index) => 12 + index * 30))(
    "the person of hue %i is readable",
    (hue) => {
      const fill = token("--person-fill", theme, hue);
      expect(contrast(token("--person-on", theme, hue), fill)).toBeGreaterThanOrEqual(4.5);
      for (const ground of grounds) {
        const ink = token("--person-ink", theme, hue);
        expect(contrast(ink, token(ground, theme))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
