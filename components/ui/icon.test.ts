import { describe, expect, it } from "vitest";
import * as icons from "./icon";

type Shape = readonly [tag: string, attributes: Record<string, string>];

/** One path for any of the shapes that Lucide draws with. */
function pathOf([tag, at]: Shape): string {
  const n = (name: string) => Number(at[name]);
  if (tag === "path") return at["d"]!.replace(/^m(-?[\d.]+) ?(-?[\d.]+) ?/, "M$1 $2l");
  if (tag === "circle") {
    const r = n("r");
    const half = `a${r} ${r} 0 1 0`;
    return `M${n("cx") - r} ${n("cy")}${half} ${2 * r} 0${half}-${2 * r} 0`;
  }
  if (tag !== "rect") throw new Error(`no path for ${tag}`);
  const r = n("rx");
  const [w, h] = [n("width") - 2 * r, n("height") - 2 * r];
  const turn = (x: string, y: string) => `a${r} ${r} 0 0 1${x}${r}${y}${r}`;
  return `M${n("x") + r} ${n("y")}h${w}${turn(" ", " ")}v${h}${turn("-", " ")}h-${w}${turn("-", "-")}v-${h}${turn(" ", "-")}z`;
}

const NAMES = {
  ARROW_DOWN: "arrow-down",
  BAN: "ban",
  CIRCLE: "circle",
  CORNER_UP_RIGHT: "corner-up-right",
  ELLIPSIS: "ellipsis",
  KEY: "key",
  LOCK: "lock",
  MENU: "menu",
  PANEL_LEFT: "panel-left",
  PANEL_RIGHT: "panel-right",
  PLUS: "plus",
  ROTATE_CW: "rotate-cw",
  SEND: "send-horizontal",
  SHIELD: "shield",
  USERS: "users",
  WIFI_OFF: "wifi-off",
} satisfies Record<Exclude<keyof typeof icons, "Icon">, string>;

describe("the icons of the first view", () => {
  it.each(Object.entries(NAMES))("%s is drawn as Lucide draws %s", async (constant, name) => {
    const { __iconData } = (await import(
      `../../node_modules/lucide-react/dist/esm/icons/${name}.mjs`
    )) as { __iconData: { node: Shape[] } };
    expect(icons[constant as keyof typeof NAMES]).toBe(__iconData.node.map(pathOf).join(""));
  });
});
