import { describe, expect, it } from "vitest";
import { isRequestId, requestIdOf } from "./request-id";

const make = () => "made-0001";
const headers = new Headers({ "x-request-id": "given-0001", "x-vercel-id": "iad1::abc-17-9f" });

describe("the id of a request", () => {
  it("is ours where nobody we trust stands in front: a visitor does not choose it", () => {
    expect(requestIdOf(headers, { vercel: false, proxy: false }, make)).toBe("made-0001");
  });
  it("is our proxy's behind one", () => {
    expect(requestIdOf(headers, { vercel: false, proxy: true }, make)).toBe("given-0001");
  });
  it("is Vercel's there, whatever x-request-id says", () => {
    expect(requestIdOf(headers, { vercel: true, proxy: true }, make)).toBe("iad1::abc-17-9f");
  });
  it.each(["", "short", "a b c d e f g", '"},{"event":"forged', "x".repeat(101), "é".repeat(9)])(
    "is made where %j was given: it could not stand in a log line",
    (given) => {
      const strange = { get: () => given };
      expect(isRequestId(given)).toBe(false);
      expect(requestIdOf(strange, { vercel: false, proxy: true }, make)).toBe("made-0001");
    },
  );
});
