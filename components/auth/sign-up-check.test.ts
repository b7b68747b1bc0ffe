import { describe, expect, it } from "vitest";
import { checkSignUp } from "./sign-up-check";

const good = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };

describe("the sign-up form", () => {
  it("has nothing to say against a good one", () => expect(checkSignUp(good)).toEqual({}));

  it.each([
    ["name", { name: " \u200b " }],
    ["name", { name: "x".repeat(65) }],
    ["email", { email: "ada" }],
    ["email", { email: "ada@example" }],
    ["password", { password: "1234567" }],
  ])("names the wrong field: %s", (field, change) => {
    expect(Object.keys(checkSignUp({ ...good, ...change }))).toEqual([field]);
  });

  it("counts characters as people do", () => {
    expect(checkSignUp({ ...good, name: "👩".repeat(64), password: "👩".repeat(8) })).toEqual({});
  });

  it("lets spaces around an address pass: the server takes them off", () => {
    expect(checkSignUp({ ...good, email: " ada@example.com " })).toEqual({});
  });
});
