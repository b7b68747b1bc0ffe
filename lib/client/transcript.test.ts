import { describe, expect, it } from "vitest";
import type { Message } from "../protocol";
import { acknowledge, contiguous, merge, replace, withOutbox } from "./transcript";
import type { MessageView } from "./types";

const ADA = { id: "ada", name: "Ada" };
const GRACE = { id: "grace", name: "Grace" };
const message = (seq: number, user = GRACE, id = `i${seq}`): Message => ({
  seq,
  id,
  user,
  text: `text ${seq}`,
  ts: seq,
});
const waiting = (id: string) =>
  withOutbox([], [{ key: `k-${id}`, id, text: id, createdAt: 5, state: "pending", tries: 0 }], ADA);
const shown = (list: readonly MessageView[]) => list.map((one) => one.seq ?? one.id);

describe("the list of messages", () => {
  it("takes messages in any order and shows them by number", () => {
    const list = merge(merge([], [message(3), message(1)], "ada"), [message(2)], "ada");
    expect(shown(list)).toEqual([1, 2, 3]);
  });

  it("is the same list where nothing is new", () => {
    const list = merge([], [message(1), message(2)], "ada");
    expect(merge(list, [message(1), message(2)], "ada")).toBe(list);
    expect(merge(list, [], "ada")).toBe(list);
    expect(withOutbox(list, [], ADA)).toBe(list);
  });

  it("turns one's own waiting message into the stored one, by author and id", () => {
    const list = waiting("x");
    expect(shown(merge(list, [message(1, GRACE, "x")], "ada"))).toEqual([1, "x"]);
    const mine = merge(list, [message(1, ADA, "x")], "ada");
    expect(mine).toMatchObject([{ key: "k-x", seq: 1, state: "sent", mine: true }]);
    expect(mine).toHaveLength(1);
  });

  it("takes an ack and the message in either order for one message", () => {
    const ack = { type: "ack", id: "x", seq: 1, ts: 9 } as const;
    const acked = acknowledge(waiting("x"), ack, false);
    expect(acked).toMatchObject([{ key: "k-x", seq: 1, ts: 9, state: "sent" }]);
    expect(merge(acked, [message(1, ADA, "x")], "ada")).toMatchObject([{ key: "k-x", seq: 1 }]);
    const stored = merge(waiting("x"), [message(1, ADA, "x")], "ada");
    expect(acknowledge(stored, ack, false)).toBe(stored);
  });

  it("does not tear a hole where an ack names a message before the first one shown", () => {
    const page = merge(waiting("x"), [message(51), message(52)], "ada");
    const ack = { type: "ack", id: "x", seq: 5, ts: 9 } as const;
    expect(shown(acknowledge(page, ack, true))).toEqual([51, 52]);
    expect(shown(acknowledge(page, ack, false))).toEqual([5, 51, 52]);
  });

  it("replaced by a page keeps what waits and the identity of what stays", () => {
    const list = [...merge([], [message(1), message(2)], "ada"), ...waiting("x")];
    const page = replace(list, [message(2), message(3)], "ada");
    expect(shown(page)).toEqual([2, 3, "x"]);
    expect(page[0]).toBe(list[1]);
  });

  it("does not give another message the key of the one that had its number", () => {
    const list = merge([], [message(1, GRACE, "old")], "ada");
    expect(replace(list, [message(1, GRACE, "new")], "ada")[0]?.key).toBe("grace:new");
  });

  it("knows how far it goes without a hole", () => {
    const list = merge([], [message(51), message(52), message(54)], "ada");
    expect(contiguous(list, 50)).toBe(52);
    expect(contiguous(list, 53)).toBe(54);
  });
});
