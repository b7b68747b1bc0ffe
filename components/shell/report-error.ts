/** What a stack may be long: the server takes a few lines of it. */
const MAX_STACK_CHARACTERS = 4_000;

/**
 * Tells the app that this page broke, as far as that helps to mend it: the error's class, Next's
 * digest, the kind of page and the places in our scripts. Not its message, which may quote what
 * somebody wrote. Fails silently: the page has trouble enough.
 */
export function reportError(error: unknown): void {
  const { name, digest, stack } = (error ?? {}) as Record<string, unknown>;
  const body = {
    name: typeof name === "string" && /^\w{1,60}$/.test(name) ? name : "unknown",
    route: /^\/[a-z-]{0,20}/.exec(location.pathname)?.[0] ?? "/",
    ...(typeof digest === "string" && { digest }),
    ...(typeof stack === "string" && { stack: placesOf(stack) }),
  };
  fetch("/api/problems", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    keepalive: true,
  }).catch(() => undefined);
}

/** The lines with places; the first ones of a stack are the message. */
const placesOf = (stack: string): string =>
  stack
    .split("\n")
    .filter((line) => /^\s+at |@\S+:\d+:\d+$/.test(line))
    .join("\n")
    .slice(0, MAX_STACK_CHARACTERS);
