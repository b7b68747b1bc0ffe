import { expect, it } from "vitest";
import { providerError } from "./provider-errors";

it.each([
  [undefined, undefined],
  ["", undefined],
  [["a", "b"], undefined],
  ["AccessDenied", "That account may not come in here."],
])("%j says %j", (code, words) => expect(providerError(code)).toBe(words));

it.each(["constructor", "__proto__", "<img src=x>", "OAuthCallback"])(
  "%j gets the general sentence and is not repeated",
  (code) => expect(providerError(code)).toMatch(/^Signing in that way did not work/),
);
