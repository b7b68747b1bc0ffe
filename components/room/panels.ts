export type Panel = "rooms" | "people";

/** How the two side columns stand: which a person has put away, and how wide they are, in pixels. */
export interface Panels {
  rooms: boolean;
  people: boolean;
  widths: Record<Panel, number>;
}

export const PANELS_COOKIE = "panels";
export const PANEL_PX = { min: 176, usual: 264, max: 400, step: 16 } as const;

export const withinBounds = (width: number): number =>
  Math.round(Math.min(PANEL_PX.max, Math.max(PANEL_PX.min, width)));

/**
 * Kept in a cookie, so that nothing flashes: "r" rooms shown, "p" people shown, then both widths.
 * Without a cookie both are shown.
 */
export function parsePanels(cookie = ""): Panels {
  const found = /^-(r?)(p?)(?:\.(\d{1,4})\.(\d{1,4}))?$/.exec(cookie);
  const width = (text: string | undefined) => withinBounds(Number(text ?? PANEL_PX.usual));
  return {
    rooms: !found || found[1] !== "",
    people: !found || found[2] !== "",
    widths: { rooms: width(found?.[3]), people: width(found?.[4]) },
  };
}

export function keepPanels({ rooms, people, widths }: Panels): void {
  const value = `-${rooms ? "r" : ""}${people ? "p" : ""}.${widths.rooms}.${widths.people}`;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${PANELS_COOKIE}=${value}; Path=/rooms; Max-Age=31536000; SameSite=Lax${secure}`;
}
