import type { JSONWebKeySet } from "jose";
import type { TrustedIssuer } from "../env/issuers";
import type { Previews } from "../env/party";
import { peek } from "./form";
import { keySource } from "./key-source";
import { createOutsideVerifier } from "./outside";
import { createOwnVerifier, ownVerifier } from "./own";
import type { Verifier } from "./verdict";

export type { Verifier } from "./verdict";

/**
 * Checks tokens of the app, of its previews, and of the issuers that are trusted beside it. Who is
 * asked is chosen by what the token says of its issuer; whoever is asked believes none of it.
 */
export function createVerifier({
  trusted = [],
  previews = null,
  ...own
}: {
  jwks: JSONWebKeySet | URL;
  issuer: string;
  trusted?: readonly TrustedIssuer[];
  previews?: Previews | null;
}): Verifier {
  const app = createOwnVerifier(own);
  const outside = new Map(trusted.map((one) => [one.issuer, createOutsideVerifier(one)]));
  const previewKeys = previews && keySource(previews.jwks);
  const chosenFor = (issuer: string): Verifier => {
    // The keys of previews verify previews and nobody else, and no other key does.
    if (previewKeys && previews.isPreview(issuer)) return ownVerifier(previewKeys, issuer);
    return outside.get(issuer) ?? app;
  };
  return {
    async verify(token, expected) {
      if (outside.size === 0 && !previewKeys) return app.verify(token, expected);
      const issuer = peek(token)?.iss;
      return (typeof issuer === "string" ? chosenFor(issuer) : app).verify(token, expected);
    },
  };
}
