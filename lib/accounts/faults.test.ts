import { randomUUID } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createSilence, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@libsql/client";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "../../scripts/migrate.mjs";
import { selfSigned, unknownHost } from "../../scripts/lib/testing/bad-hosts.mjs";
import { canMount, smallDisk } from "../../scripts/lib/testing/small-disk.mjs";
import { signUp } from "../auth/sign-up";
import { accountsOn } from "./libsql";
import { opener } from "./opener";
import { AccountsUnavailable } from "./port";
import { createStore } from "./store";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), "guestlist-faults-"));
  undo.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

/** The app's accounts on a database, as the app opens them. */
function accountsAt(url: string, giveUpAfterMs = 3_000) {
  const open = opener(() => ({ url }));
  undo.push(() =>
    open().then(
      (client) => client.close(),
      () => undefined,
    ),
  );
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const store = createStore(open, { giveUpAfterMs, now: () => performance.now(), pause });
  return { accounts: accountsOn(store), open };
}

const somebodyNew = (accounts: ReturnType<typeof accountsAt>["accounts"]) =>
  signUp(
    { name: "Ada", email: `${randomUUID()}@example.com`, password: "quiet lantern on the stairs" },
    {
      accounts,
      address: randomUUID(),
      perHour: 20,
      isBreached: async () => false,
      now: Date.now(),
    },
  );

const isWhole = async (file: string): Promise<unknown> => {
  const client = createClient({ url: `file:${file}` });
  try {
    return (await client.execute("PRAGMA integrity_check")).rows[0]?.integrity_check;
  } finally {
    client.close();
  }
};

describe("a full disk", () => {
  it.runIf(canMount())(
    "refuses sign-ups, answers reads, and takes them again once there is room",
    async () => {
      const disk = smallDisk(2);
      undo.push(disk.remove);
      const file = path.join(disk.folder, "app.db");
      await migrate({ url: `file:${file}`, authToken: undefined });
      const { accounts } = accountsAt(`file:${file}`);
      const first = await somebodyNew(accounts);
      if (!first.ok) throw new Error(first.code);
      disk.fill();
      // What is left of the last block may take one or two more.
      const refused = await untilRefused(() => somebodyNew(accounts));
      expect(refused).toBeInstanceOf(AccountsUnavailable);
      await expect(accounts.check(1)).rejects.toBeInstanceOf(AccountsUnavailable);
      expect((await accounts.people.byId(first.id))?.name).toBe("Ada");
      disk.empty();
      expect(await somebodyNew(accounts)).toMatchObject({ ok: true });
      await accounts.check(2);
      expect(await isWhole(file)).toBe("ok");
    },
  );

  it("is the same where the file may grow no more", async () => {
    const file = path.join(folder(), "app.db");
    await migrate({ url: `file:${file}`, authToken: undefined });
    const { accounts, open } = accountsAt(`file:${file}`);
    const first = await somebodyNew(accounts);
    if (!first.ok) throw new Error(first.code);
    await (await open()).execute("PRAGMA max_page_count = 1");
    expect(await untilRefused(() => somebodyNew(accounts))).toBeInstanceOf(AccountsUnavailable);
    expect((await accounts.people.byId(first.id))?.name).toBe("Ada");
    await (await open()).execute("PRAGMA max_page_count = 1000000");
    expect(await somebodyNew(accounts)).toMatchObject({ ok: true });
    expect(await isWhole(file)).toBe("ok");
  });
});

/** Works until it is refused; undefined where it never is. */
async function untilRefused(work: () => Promise<unknown>): Promise<unknown> {
  for (let tries = 0; tries < 2_000; tries++) {
    const refusal = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

describe("a database that is gone", () => {
  it("is neither read nor written, and goes on when it is back", async () => {
    const file = path.join(folder(), "app.db");
    await migrate({ url: `file:${file}`, authToken: undefined });
    const { accounts } = accountsAt(`file:${file}`);
    const made = await somebodyNew(accounts);
    if (!made.ok) throw new Error(made.code);
    renameSync(file, `${file}.away`);
    await expect(accounts.check(1)).rejects.toBeInstanceOf(AccountsUnavailable);
    await expect(somebodyNew(accounts)).rejects.toBeInstanceOf(AccountsUnavailable);
    await expect(accounts.people.byId(made.id)).rejects.toBeInstanceOf(AccountsUnavailable);
    renameSync(`${file}.away`, file);
    expect((await accounts.people.byId(made.id))?.name).toBe("Ada");
    await accounts.check(2);
  });

  it("is not mixed with another that is put in its place", async () => {
    const at = folder();
    const [file, other] = [path.join(at, "app.db"), path.join(at, "other.db")];
    await migrate({ url: `file:${file}`, authToken: undefined });
    await migrate({ url: `file:${other}`, authToken: undefined });
    const { accounts } = accountsAt(`file:${file}`);
    await accounts.check(1);
    renameSync(file, `${file}.away`);
    renameSync(other, file);
    await expect(somebodyNew(accounts)).rejects.toBeInstanceOf(AccountsUnavailable);
    renameSync(file, other);
    expect(await isWhole(other)).toBe("ok");
  });

  it("is never made anew by the app", async () => {
    const file = path.join(folder(), "app.db");
    const { accounts } = accountsAt(`file:${file}`);
    await expect(accounts.check(1)).rejects.toBeInstanceOf(AccountsUnavailable);
    await migrate({ url: `file:${file}`, authToken: undefined });
    await accounts.check(2);
  });

  it("is unavailable where its file is no database", async () => {
    const file = path.join(folder(), "app.db");
    writeFileSync(file, "not a database, ".repeat(1_000));
    const { accounts } = accountsAt(`file:${file}`);
    await expect(accounts.check(1)).rejects.toBeInstanceOf(AccountsUnavailable);
  });
});

describe("a hosted database", () => {
  it("whose name nobody knows is unavailable, and no name is told", async () => {
    const { accounts } = accountsAt(`libsql://${unknownHost}`);
    await told(accounts.check(1), unknownHost);
  });

  it("whose certificate nobody signed is unavailable", async () => {
    const host = await selfSigned((_request, response) => response.end("{}"));
    undo.push(host.stop);
    const { accounts } = accountsAt(`https://localhost:${host.port}`);
    await told(accounts.check(1), String(host.port));
    expect(host.asked()).toBe(0);
  });

  it("that takes a request and never answers is given up in time", async () => {
    const silent = createSilence(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    undo.push(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    const { accounts } = accountsAt(`http://127.0.0.1:${port}`, 100);
    await told(accounts.check(1), String(port));
  });
});

async function told(call: Promise<unknown>, secret: string): Promise<void> {
  const reason = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(reason).toBeInstanceOf(AccountsUnavailable);
  expect(String(reason)).not.toContain(secret);
}
