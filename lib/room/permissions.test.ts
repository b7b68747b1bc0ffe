import { expect, it } from "vitest";
import { ROLES } from "../protocol/values";
import { mayModerate, mayModerateUser, maySpeak } from "./permissions";

it("lets everybody but readers speak, and moderators and owners moderate", () => {
  expect(ROLES.map(maySpeak)).toEqual([false, true, true, true]);
  expect(ROLES.map(mayModerate)).toEqual([false, false, true, true]);
});

it("lets nobody moderate an equal or better, and only owners somebody unknown", () => {
  for (const target of ROLES) {
    expect(mayModerateUser("member", target)).toBe(false);
    expect(mayModerateUser("owner", target)).toBe(target !== "owner");
  }
  expect(ROLES.map((target) => mayModerateUser("moderator", target))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(ROLES.map((role) => mayModerateUser(role, undefined))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
