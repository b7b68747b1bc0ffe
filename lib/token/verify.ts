import type { JSONWebKeySet } from "jose";
import type { TrustedIssuer } from "../env/issuers";
import { peek } from "./form";
import { createOutsideVerifier } from "./outside";
import { createOwnVerifier } from "./own";
import type { Verifier } from "./verdict";

export type { Verifier } from "./verdict";

/**
 * Checks tokens of the app, and of the issuers that are trusted beside it. Who is asked is chosen by
 * what the token says of its issuer; whoever is asked believes none of it.
 */
export function createVerifier({
  trusted = [],
  ...own
}: {
  jwks: JSONWebKeySet | URL;
  issuer: string;
  trusted?: readonly TrustedIssuer[];
}): Verifier {
  const app = createOwnVerifier(own);
  if (trusted.length === 0) return app;
  const outside = new Map(trusted.map((one) => [one.issuer, createOutsideVerifier(one)]));
  return {
    async verify(token, expected) {
      const issuer = peek(token)?.iss;
      const chosen = typeof issuer === "string" ? outside.get(issuer) : undefined;
      return (chosen ?? app).verify(token, expected);
    },
  };
}
