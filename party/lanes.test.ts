import { expect, it } from "vitest";
import { Lanes } from "./lanes";

const gate = () => {
  let open = () => {};
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open };
};

it("does what has one name in order, and lets no other name wait for it", async () => {
  const lanes = new Lanes();
  const done: string[] = [];
  const slow = gate();
  const first = lanes.add("a", async () => {
    await slow.wait;
    done.push("a1");
  });
  const second = lanes.add("a", async () => void done.push("a2"));
  await lanes.add("b", async () => void done.push("b1"));
  expect(done).toEqual(["b1"]);
  slow.open();
  await Promise.all([first, second]);
  expect(done).toEqual(["b1", "a1", "a2"]);
});

it("is busy until the last task has ended, and a failed one holds nobody up", async () => {
  const lanes = new Lanes();
  const failed = lanes.add("a", () => Promise.reject(new Error("no")));
  const after = lanes.add("a", async () => "done");
  expect(lanes.isBusy("a")).toBe(true);
  await expect(failed).rejects.toThrow("no");
  expect(await after).toBe("done");
  await Promise.resolve();
  await Promise.resolve();
  expect(lanes.isBusy("a")).toBe(false);
});
