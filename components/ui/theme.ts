export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = "theme";

/** What the cookie says; anything unknown is "system". */
export const parseTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? "system";

/** Applies a choice to this page at once and keeps it for a year, for the server to read. */
export function chooseTheme(theme: Theme): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.dispatchEvent(new Event("guestlist:theme"));
}

/** The theme of this page, and a way to hear of changes. */
export const currentTheme = (): Theme => parseTheme(document.documentElement.dataset.theme);
export function onTheme(listener: () => void): () => void {
  document.addEventListener("guestlist:theme", listener);
  return () => document.removeEventListener("guestlist:theme", listener);
}
