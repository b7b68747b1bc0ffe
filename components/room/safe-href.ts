/**
 * The address a link may lead to, or null: http and https without a user name
 * (`https://bank.example@evil.example` is how people are fooled), and mail. Only what the URL parser
 * takes by itself, so never an address of ours.
 */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    if (url.protocol === "mailto:") return url.href;
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && !url.username && !url.password && url.hostname.length > 0 ? url.href : null;
  } catch {
    return null;
  }
}
