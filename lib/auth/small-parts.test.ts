import { expect, test } from "vitest";
import { clientAddress, UNKNOWN_ADDRESS } from "./address";
import { parseCookies } from "./cookie-header";
import { signInErrorOf } from "./error-codes";
import { verifiedAddress } from "./providers";

const forwarded = (value: string): Headers => new Headers({ "x-forwarded-for": value });

test("X-Forwarded-For is the visitor's own text unless a proxy of ours sets it", () => {
  expect(clientAddress(forwarded("9.9.9.9"), false)).toBe(UNKNOWN_ADDRESS);
});

test("behind our proxy, the entry that it appended counts, not the one the visitor sent", () => {
  expect(clientAddress(forwarded("1.1.1.1, 9.9.9.9"), true)).toBe("9.9.9.9");
  expect(clientAddress(forwarded("nonsense"), true)).toBe(UNKNOWN_ADDRESS);
});

test("one IPv6 household is one address, however it is written", () => {
  const one = clientAddress(forwarded("2001:db8::1"), true);
  expect(clientAddress(forwarded("2001:0DB8:0:0:ffff::2"), true)).toBe(one);
  expect(clientAddress(forwarded("2001:db8:0:1::1"), true)).not.toBe(one);
});

test("cookies are read by name; the first of two equal names wins", () => {
  expect(parseCookies('a=1; b="x%20y"; a=2; =no; broken; c=%zz')).toEqual({
    a: "1",
    b: "x y",
    c: "%zz",
  });
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(parseCookies("__proto__=x"))).toEqual(["__proto__"]);
});

test("errors in the address line are read into a closed set", () => {
  expect(signInErrorOf("throttled:30")).toEqual({ error: "throttled", seconds: 30 });
  expect(signInErrorOf("CredentialsSignin")).toEqual({ error: "CredentialsSignin" });
  for (const junk of ["throttled", "throttled:-1", "<script>", "a\r\nb", null]) {
    expect(signInErrorOf(junk)).toEqual({ error: "OAuthSignin" });
  }
});

test("only a verified address of a provider counts, the primary one first", () => {
  const list = [
    { email: "new@example.com", primary: true, verified: false },
    { email: "old@example.com", primary: false, verified: true },
  ];
  expect(verifiedAddress(list)).toBe("old@example.com");
  expect(verifiedAddress([{ ...list[0], verified: true }, list[1]])).toBe("new@example.com");
  expect(verifiedAddress(list.slice(0, 1))).toBeNull();
  expect(verifiedAddress({ message: "rate limited" })).toBeNull();
});
