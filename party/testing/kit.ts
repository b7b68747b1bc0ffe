import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { importJWK, SignJWT, type JWK } from "jose";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";
import { startParty } from "../../scripts/lib/party-process.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { Client } from "./client";

export const ORIGIN = "http://localhost:3000";
export const API_KEY = "Zk3vQ8mT1yR6wB9nL4xC7dF2hJ5sG0pA-uE_oIiKqVtY";

/** All these tests hold with relays before the rooms too: ROOM_RELAYS=2 npx vitest run --project integration */
const RELAYS = process.env.ROOM_RELAYS;
/** A room without relays is put to sleep with people in it; one with relays stays awake for them. */
export const SLEEPS = !RELAYS;

export interface TokenOptions {
  [claim: string]: unknown;
  header?: Record<string, unknown>;
  key?: JWK;
  /** Seconds from now. */
  issuedIn?: number;
  life?: number;
}

/** A real party in a process of its own, and the keys to its door. */
export async function startTestParty(
  env: Record<string, string> = {},
  {
    persist = false,
    closeTimeout,
    source,
  }: {
    /** Rooms outlive the process; in a folder of the test's own where it names one. */
    persist?: boolean | string;
    closeTimeout?: number;
    /** A folder with another party/ and lib/ than the project's. */
    source?: string | undefined;
  } = {},
) {
  const keys = makeTokenKeys();
  const port: number = await freePort();
  const own = persist === true ? mkdtempSync(path.join(tmpdir(), "party-")) : null;
  const stateDir = typeof persist === "string" ? persist : own;
  const lines: string[] = [];
  const start = () =>
    startParty({
      port,
      stateDir,
      env: {
        PARTY_TOKEN_JWKS: JSON.stringify(keys.keySet),
        APP_ORIGINS: ORIGIN,
        PARTY_API_KEY: API_KEY,
        ...(RELAYS && { ROOM_RELAYS: RELAYS }),
        ...env,
      },
      onLine: (line: string) => lines.push(line),
      drainKey: keys.privateJwk,
      ...(source !== undefined && { source }),
    });
  let party = await start();

  async function mint(user: string, options: TokenOptions = {}): Promise<string> {
    const { header, key = keys.privateJwk, issuedIn = 0, life = 60, ...claims } = options;
    const now = Math.floor(Date.now() / 1000) + issuedIn;
    const all: Record<string, unknown> = {
      iss: ORIGIN,
      aud: "party",
      sub: user,
      sid: `session-of-${user}`,
      room: "general",
      role: "member",
      name: user[0]?.toUpperCase() + user.slice(1),
      jti: randomUUID(),
      iat: now,
      exp: now + life,
      lease: 300,
      sess_exp: now + 86_400,
      use: "connect",
      ...claims,
    };
    return new SignJWT(all)
      .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: keys.privateJwk.kid, ...header })
      .sign(await importJWK(key, "EdDSA"));
  }

  const dial = (
    token: string,
    room = "general",
    query = "",
    headers: Record<string, string> = {},
  ) =>
    new Client(`ws://127.0.0.1:${port}/parties/main/${room}?token=${token}${query}`, {
      headers,
      ...(closeTimeout !== undefined && { closeTimeout }),
    });

  async function enter(user: string, options: TokenOptions = {}, query = "") {
    const token = await mint(user, options);
    const client = dial(token, (options.room as string | undefined) ?? "general", query);
    const welcome = await client.next("welcome");
    return { client, welcome };
  }

  const http = async (
    method: string,
    at: string,
    body?: unknown,
    authorization = `Bearer ${API_KEY}`,
  ) => {
    const answer = await fetch(`http://127.0.0.1:${port}${at}`, {
      method,
      headers: authorization ? { Authorization: authorization } : {},
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: text ? JSON.parse(text) : null,
    };
  };

  return {
    port,
    keys,
    lines,
    mint,
    dial,
    enter,
    http,
    kill: () => party.kill(),
    /** Stops and continues all its processes, as a machine that is out of breath would. */
    signal: (signal: "SIGSTOP" | "SIGCONT") => process.kill(-party.pid, signal),
    /** As the runner stops it; its rooms' storage stays for `restart`. */
    stopInOrder: () => party.stop(),
    async restart() {
      party = await start();
    },
    async stop() {
      await party.stop();
      if (own) rmSync(own, { recursive: true, force: true });
      expectNoSecrets(lines);
    },
  };
}

/** A promise of every test with a party: no token, cookie, password or address of a person in its log. */
function expectNoSecrets(lines: readonly string[]): void {
  const told = lines.filter((line) => SECRET.test(line));
  if (told.length > 0) throw new Error(`secrets in the party's log:\n${told.join("\n")}`);
}
const SECRET = new RegExp(
  `eyJ[A-Za-z0-9_-]{8}|token=|session-token|@example\\.com|"d":|${API_KEY}`,
);

export type TestParty = Awaited<ReturnType<typeof startTestParty>>;
