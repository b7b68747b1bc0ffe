/**
 * The page's policy demands Trusted Types: no text becomes a script's address or markup unless the
 * one policy of that name lets it through. These are the rules of that policy: an allow-list of what
 * Next, React and the Markdown parser are known to write. Each gives the text back, or null, and the
 * browser then refuses.
 */

/** What the app loads as code: its own chunks, and the worker that shows notifications. */
export function trustedScriptUrl(text: string, origin: string): string | null {
  const url = URL.canParse(text, origin) ? new URL(text, origin) : null;
  if (url?.origin !== origin) return null;
  // An encoded slash or dot is none to the browser's parser, and might be one to a server.
  const own = /^\/_next\/static\/[\w./~-]+\.js$/.test(url.pathname) || text === "/notifications.js";
  return own ? text : null;
}

/** React makes empty scripts so; the parser of Markdown asks the browser what `&copy;` means. */
export const trustedHtml = (text: string): string | null =>
  text === "<script></script>" || /^&[a-z][a-z0-9]{1,31};$/i.test(text) ? text : null;

interface Policies {
  createPolicy(
    name: string,
    rules: Record<
      "createHTML" | "createScript" | "createScriptURL",
      (text: string) => string | null
    >,
  ): unknown;
}

/** Makes the policy, before anything else of the page runs. Browsers without Trusted Types go on. */
export function demandTrustedTypes(): void {
  (globalThis as { trustedTypes?: Policies }).trustedTypes?.createPolicy("default", {
    createHTML: trustedHtml,
    createScript: () => null,
    createScriptURL: (text) => trustedScriptUrl(text, location.origin),
  });
}
