import { expect, test } from "vitest";
import { isLoopback, partyOrigins } from "./address";

test.each(["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.8.8.8", "[::1]"])(
  "%s is this machine",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each(["localhost.evil.com", "127.0.0.1.evil.com", "0.0.0.0", "192.168.0.1", "[::2]", ""])(
  "%s is not this machine",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test("ports that a scheme implies are left out, others are kept", () => {
  expect(partyOrigins("party.example.com:443")?.ws).toBe("wss://party.example.com");
  expect(partyOrigins("party.example.com:8443")?.ws).toBe("wss://party.example.com:8443");
  expect(partyOrigins("[::1]:1999")?.ws).toBe("ws://[::1]:1999");
});
