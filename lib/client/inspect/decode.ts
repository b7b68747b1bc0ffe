/** A token taken apart for the eye of its owner; nothing is verified here, and nothing is kept. */
export interface DecodedToken {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Header and claims of a JWT (RFC 7519), or null where the text is none. The signature is left out. */
export function decodeToken(token: string): DecodedToken | null {
  const [header, claims, , ...more] = token.split(".");
  if (!header || !claims || more.length > 0) return null;
  try {
    return { header: part(header), claims: part(claims) };
  } catch {
    return null;
  }
}

function part(text: string): Record<string, unknown> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
