import { describe, expect, it } from "vitest";
import { parseServerEnv } from "../../lib/env/server";
import { readOrder } from "../deploy.mjs";
import { makeSecret, makeTokenKeys } from "../lib/keys.mjs";
import { ASKED, buttonFor } from "./button.mjs";

const addressOf = (button) => new URL(/\]\((https:\/\/vercel\.com\/new[^)]+)\)$/.exec(button)[1]);

describe("the button for Vercel", () => {
  it.each([
    ["https://github.com/me/guestlist", "https://github.com/me/guestlist"],
    ["https://github.com/me/guestlist.git\n", "https://github.com/me/guestlist"],
    ["https://x:ghp_secret@github.com/me/guestlist.git", "https://github.com/me/guestlist"],
    ["git@github.com:me/my.guestlist.git", "https://github.com/me/my.guestlist"],
    ["ssh://git@gitlab.com/group/sub/guestlist.git", "https://gitlab.com/group/sub/guestlist"],
  ])("of %j leads to a clone of %s", (remote, repository) => {
    const button = buttonFor(remote, "guestlist");
    expect(addressOf(button).searchParams.get("repository-url")).toBe(repository);
    expect(button).not.toContain("secret");
  });

  it.each(["", "/srv/guestlist", "https://git.example.com/me/guestlist", "https://github.com/me"])(
    "says what it needs where the remote is %j",
    (remote) => expect(() => buttonFor(remote, "guestlist")).toThrow("git remote add origin"),
  );

  it("asks for what the app needs to start in production, and for nothing else", () => {
    const given = {
      NEXTAUTH_URL: "https://guestlist.example.com",
      NEXTAUTH_SECRET: makeSecret(),
      DATABASE_URL: "libsql://guestlist-me.turso.io",
      DATABASE_AUTH_TOKEN: makeSecret(),
      PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(makeTokenKeys().privateJwk),
      PARTY_HOST: "party.example.com",
    };
    expect(addressOf(buttonFor("git@github.com:me/x", "x")).searchParams.get("env")).toBe(
      ASKED.join(","),
    );
    expect(Object.keys(given)).toEqual(ASKED);
    expect(() => parseServerEnv({ ...given, NODE_ENV: "production" })).not.toThrow();
  });

  it("is asked for without naming a place", () => {
    expect(readOrder(["--button", "--name", "chat"])).toMatchObject({ button: true, name: "chat" });
  });
});
