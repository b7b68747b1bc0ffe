import { describe, expect, it, vi } from "vitest";
import { logEvent } from "../api/log";
import { useBrowser } from "../auth/testing";
import { currentRequest, inRequest, namePerson } from "./current-request";

const browser = useBrowser();

describe("a request can be followed", () => {
  it("through both logs: a sign-out bears its id to the rooms that it concerns", async () => {
    await browser.signIn();
    const { accounts, log } = browser;
    const ada = await accounts.people.byEmail("ada@example.com");
    const [session] = await accounts.sessions.list(ada?.id ?? "", Date.now());
    await accounts.mints.record(session?.id ?? "", "general", Date.now() + 60_000, Date.now());
    const told: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, { headers }: RequestInit) => {
      told.push(new Headers(headers).get("x-request-id"));
      return Response.json({ ok: true });
    });
    const form = { csrfToken: await browser.csrf(), json: "true" };
    await browser.call("POST", "signout", { form, headers: { "x-request-id": "req-signing-out" } });
    expect(told).toEqual(["req-signing-out"]);
    const line = log()
      .split("\n")
      .find((text) => text.includes('"event":"sign_out"'));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ request: "req-signing-out", user: ada?.id });
  });

  it("beside others, into the background, and by the person once they are named", async () => {
    const seen: unknown[] = [];
    const request = (id: string, user?: string) =>
      inRequest(id, async () => {
        await Promise.resolve();
        if (user !== undefined) namePerson(user);
        setTimeout(() => seen.push(currentRequest()));
      });
    await Promise.all([request("one"), request("two", "ada")]);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    expect(seen).toEqual([{ request: "one" }, { request: "two", user: "ada" }]);
    expect(currentRequest()).toEqual({});
    namePerson("nobody asks");
    logEvent("outside");
    expect(browser.log()).not.toContain("nobody asks");
  });
});
