import { describe, expect, it } from "vitest";
import { CLOSE_RULES, closeRule, ERROR_CODES, ERROR_TEXT, MAX_CLOSE_REASON_BYTES } from ".";

describe("the table of close codes", () => {
  it("names each code once, with reasons that fit into a close frame", () => {
    const codes = CLOSE_RULES.map((rule) => rule.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const rule of CLOSE_RULES) expect(rule.name.length).toBeLessThan(MAX_CLOSE_REASON_BYTES);
  });

  it("stops on unknown codes of applications and reconnects on unknown codes of the transport", () => {
    expect(closeRule(4999).reaction).toBe("stop");
    expect(closeRule(1015).reaction).toBe("reconnect");
    expect(closeRule(4410).reaction).toBe("signed_out");
  });

  it("has a text for every error code", () => {
    expect(Object.keys(ERROR_TEXT).sort()).toEqual([...ERROR_CODES].sort());
  });
});
