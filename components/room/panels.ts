/** Which of the two side columns a person has put away; kept in a cookie so that nothing flashes. */
export interface Panels {
  rooms: boolean;
  people: boolean;
}

export const PANELS_COOKIE = "panels";

/** "r" rooms shown, "p" people shown; without a cookie both are. */
export function parsePanels(cookie: string | undefined): Panels {
  if (cookie === undefined || !/^-?r?p?$/.test(cookie)) return { rooms: true, people: true };
  return { rooms: cookie.includes("r"), people: cookie.includes("p") };
}

export function keepPanels({ rooms, people }: Panels): void {
  const value = `-${rooms ? "r" : ""}${people ? "p" : ""}`;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${PANELS_COOKIE}=${value}; Path=/rooms; Max-Age=31536000; SameSite=Lax${secure}`;
}
