import { describe, expect, it } from "vitest";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";
import { parsePartyEnv } from "./party";
import { parsePreviewPattern } from "./previews";

const PATTERN = "https://guestlist-*-myteam.vercel.app";

describe("a pattern for previews", () => {
  const fits = parsePreviewPattern(PATTERN);

  it.each(["abc123", "git-a-branch", "x"])("means guestlist-%s-myteam", (middle) => {
    expect(fits(`https://guestlist-${middle}-myteam.vercel.app`)).toBe(true);
  });

  it.each([
    "https://guestlist--myteam.vercel.app",
    "https://guestlist-myteam.vercel.app",
    "https://guestlist-a.b-myteam.vercel.app",
    "https://guestlist-evil.example.com/-myteam.vercel.app",
    "https://guestlist-evil.example.com#-myteam.vercel.app",
    "https://guestlist-a:8443-myteam.vercel.app",
    "https://guestlist-u@-myteam.vercel.app",
    "https://guestlist-\n-myteam.vercel.app",
    "https://guestlist-É-myteam.vercel.app",
    "https://guestlist-A-myteam.vercel.app",
    "https://guestlist-a-myteam.vercel.app.evil.example",
    "https://guestlist-a-myteamxvercel.app",
    "https://x-guestlist-a-myteam.vercel.app",
    "http://guestlist-a-myteam.vercel.app",
    "https://guestlist-a-myteam.vercel.app:8443",
    "https://guestlist-a-myteam.vercel.app/",
    `https://guestlist-${"a".repeat(64)}-myteam.vercel.app`,
    "null",
    "",
    PATTERN.replace("*", "\\w"),
  ])("does not mean %j", (origin) => {
    expect(fits(origin)).toBe(false);
  });

  it.each([
    "*",
    "https://*",
    "https://*.vercel.app",
    "https://*.preview.example.com",
    "https://*-myteam.vercel.app",
    "https://g*-myteam.vercel.app",
    "https://guestlist-*.vercel.app",
    "https://guestlist-*-t.vercel.app",
    "https://guestlist-**-myteam.vercel.app",
    "https://guestlist-*-x-*-myteam.vercel.app",
    "https://guestlist-a.*-myteam.vercel.app",
    "https://guestlist-*.app",
    "http://guestlist-*-myteam.vercel.app",
    "http://guestlist-*-myteam.localhost",
    "https://guestlist-*-myteam.vercel.app:8443",
    "https://guestlist-*-myteam.vercel.app/",
    "https://GuestList-*-myteam.vercel.app",
    "https://user@guestlist-*-myteam.vercel.app",
  ])("is not %j", (entry) => {
    expect(() => parsePreviewPattern(entry)).toThrow(/APP_ORIGINS has a pattern/);
  });

  it("may have its star at the end of the label under a host of one's own", () => {
    const own = parsePreviewPattern("https://guestlist-*.preview.example.com");
    expect(own("https://guestlist-a-b.preview.example.com")).toBe(true);
    expect(own("https://guestlist-a.b.preview.example.com")).toBe(false);
  });
});

describe("the party's settings for previews", () => {
  const [own, previews] = [makeTokenKeys(), makeTokenKeys()];
  const given = {
    PARTY_TOKEN_JWKS: JSON.stringify(own.keySet),
    APP_ORIGINS: `https://app.example.com,${PATTERN}`,
    PARTY_PREVIEW_JWKS: JSON.stringify(previews.keySet),
  };
  const parse =
    (changes = {}) =>
    () =>
      parsePartyEnv({ ...given, ...changes });

  it("are a pattern and keys of their own; the exact origins stay what they are", () => {
    const env = parse()();
    expect(env.origins).toEqual(["https://app.example.com"]);
    expect(env.previews?.jwks).toEqual(previews.keySet);
    expect(env.previews?.isPreview("https://guestlist-a-myteam.vercel.app")).toBe(true);
    expect(env.previews?.isPreview("https://app.example.com")).toBe(false);
  });

  it.each([
    ["no keys", { PARTY_PREVIEW_JWKS: "" }, "is missing while"],
    ["no pattern", { APP_ORIGINS: "https://app.example.com" }, "is set while"],
    ["keys of the app", { PARTY_PREVIEW_JWKS: JSON.stringify(own.keySet) }, "a key of the app"],
    [
      "a private key",
      { PARTY_PREVIEW_JWKS: JSON.stringify({ keys: [previews.privateJwk] }) },
      "private key",
    ],
    ["an address for keys", { PARTY_PREVIEW_JWKS: "https://a.example/jwks.json" }, "not JSON"],
    ["a pattern for the issuer", { APP_ORIGINS: PATTERN }, "begins with a pattern"],
    [
      "an app that is a preview itself",
      { APP_ORIGINS: `https://guestlist-main-myteam.vercel.app,${PATTERN}` },
      "fits the app itself",
    ],
  ])("refuse %s", (_what, changes, words) => {
    expect(parse(changes)).toThrow(words);
  });
});
