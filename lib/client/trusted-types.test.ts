import { afterEach, describe, expect, it, vi } from "vitest";
import { demandTrustedTypes, trustedHtml, trustedScriptUrl } from "./trusted-types";

const ORIGIN = "https://chat.example.com";

afterEach(() => vi.unstubAllGlobals());

describe("the policy of Trusted Types", () => {
  it.each([
    "/_next/static/chunks/0cz1d0mv5g_q7.js",
    "/_next/static/chunks/turbopack-077hmtqrhcoji.js?dpl=dpl_1",
    `${ORIGIN}/_next/static/chunks/app/rooms/page.js`,
    "/notifications.js",
  ])("lets the app load %s", (address) => {
    expect(trustedScriptUrl(address, ORIGIN)).toBe(address);
  });

  it.each([
    "https://evil.example/_next/static/chunks/x.js",
    "//evil.example/_next/static/chunks/x.js",
    "https://chat.example.com.evil.example/_next/static/x.js",
    "http://chat.example.com/_next/static/chunks/x.js",
    "/_next/static/../../api/account/export.js",
    "/_next/static/%2e%2e/%2e%2e/api/x.js",
    "/_next/static/..%2f..%2fapi/x.js",
    "/_next/static/chunks/x.json",
    "/_next/image?url=/x.js",
    "/api/health",
    "/notifications.js?x",
    "data:text/javascript,alert(1)",
    "blob:https://chat.example.com/1",
    "javascript:alert(1)",
    "",
  ])("loads no code from %j", (address) => {
    expect(trustedScriptUrl(address, ORIGIN)).toBeNull();
  });

  it.each(["<script></script>", "&copy;", "&CounterClockwiseContourIntegral;", "&frac12;"])(
    "lets %s become markup",
    (text) => expect(trustedHtml(text)).toBe(text),
  );

  it.each([
    "<b>x</b>",
    "<script>alert(1)</script>",
    "<script></script><img src=x onerror=alert(1)>",
    "&amp;<img src=x onerror=alert(1)>",
    "&lt;\n<b>;",
    "&<b>;",
    "plain",
    "",
  ])("makes no markup of %j", (text) => expect(trustedHtml(text)).toBeNull());

  it("is the one that a browser asks by default, and makes no script of any text", () => {
    const createPolicy =
      vi.fn<(name: string, rules: Record<string, (text: string) => unknown>) => void>();
    vi.stubGlobal("trustedTypes", { createPolicy });
    vi.stubGlobal("location", { origin: ORIGIN });
    demandTrustedTypes();
    const [name, rules] = createPolicy.mock.calls[0] ?? [];
    expect(name).toBe("default");
    expect(rules?.createScript?.("1")).toBeNull();
    expect(rules?.createScriptURL?.("/notifications.js")).toBe("/notifications.js");
    expect(rules?.createHTML?.("<b>")).toBeNull();
  });

  it("is not missed by a browser without Trusted Types", () => {
    vi.stubGlobal("trustedTypes", undefined);
    expect(() => demandTrustedTypes()).not.toThrow();
  });
});
