import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Message } from "../lib/protocol/values";
import { startTestParty, type TestParty } from "../party/testing/kit";
import { ROOT, resolveConfig } from "./lib/config.mjs";

const ROOMS = ["attic", "cellar", "hall"];
const ENOUGH = 150;

let folder: string;
let env: NodeJS.ProcessEnv;
let party: TestParty;
const undo: (() => unknown)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "guestlist-backup-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  env = { ...process.env, DATABASE_URL: `file:${path.join(folder, "app.db")}` };
  await command("migrate.mjs");
  party = await startTestParty(
    { LIMIT_MESSAGES_PER_SECOND: "1000", LIMIT_MESSAGES_PER_MINUTE: "60000" },
    { persist: resolveConfig(env).partyState },
  );
  undo.push(() => party.stop());
  env.PARTY_PORT = String(party.port);
});
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

/** A command of the project, in a process of its own: what it says, refusals too. */
const command = (name: string, ...words: string[]): Promise<string> =>
  promisify(execFile)(process.execPath, [path.join(ROOT, "scripts", name), ...words], { env }).then(
    ({ stdout }) => stdout,
    ({ stderr }: { stderr: string }) => stderr,
  );

/** The app, as far as the database knows it: people come without end, each told of when stored. */
const APP = `
  import { loadSource } from "./scripts/lib/load-source.mjs";
  const { opener } = await loadSource("lib/accounts/opener.ts");
  const { createStore } = await loadSource("lib/accounts/store.ts");
  const { accountsOn } = await loadSource("lib/accounts/libsql.ts");
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const deps = { giveUpAfterMs: 10_000, now: () => performance.now(), pause };
  const accounts = accountsOn(createStore(opener(() => ({ url: process.argv[1] })), deps));
  for (let n = 0; ; n++) {
    const person = { id: "p" + n, name: "p" + n, email: "p" + n + "@example.com" };
    const provider = { provider: "github", providerId: person.id };
    await accounts.people.byProvider(provider, { ...person, picture: null, createdAt: 1 });
    process.stdout.write(".");
  }`;
function signUps() {
  const app = spawn(process.execPath, ["--input-type=module", "-e", APP, env.DATABASE_URL ?? ""], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let done = 0;
  app.stdout.on("data", (dots: Buffer) => (done += dots.length));
  const ended = once(app, "close");
  return {
    done: () => done,
    async stop() {
      app.kill("SIGKILL");
      await ended;
    },
  };
}

/** Two people talk in a room without end, each waiting for an acknowledgement before the next. */
async function talk(room: string) {
  const acked = new Map<number, string>();
  let going = true;
  const work = ["ada", "grace"].map(async (who) => {
    const { client } = await party.enter(who, { room });
    for (let n = 0; going; n++) {
      const text = `${who} ${n}${" word".repeat(n % 100)}`;
      client.send({ type: "chat.send", id: `${who}-${n}`, text });
      acked.set((await client.next("ack", ({ id }) => id === `${who}-${n}`)).seq, text);
    }
    await client.leave();
  });
  return {
    room,
    acked,
    async stop() {
      going = false;
      await Promise.all(work);
    },
  };
}

async function history(room: string): Promise<Map<number, string>> {
  const all = new Map<number, string>();
  for (let before = ""; ;) {
    const at = `/parties/main/${room}/messages?limit=100${before}`;
    const { body } = await party.http("GET", at);
    const page = body as { messages: Message[]; hasMore: boolean };
    for (const { seq, text } of page.messages) all.set(seq, text ?? "");
    if (!page.hasMore) return new Map([...all].sort(([a], [b]) => a - b));
    before = `&before=${page.messages[0]?.seq}`;
  }
}

const countPeople = async (): Promise<number> => {
  const client = createClient({ url: env.DATABASE_URL as string });
  const { rows } = await client.execute(
    "SELECT count(*) FROM people JOIN provider_accounts ON user_id = people.id",
  );
  client.close();
  return Number(rows[0]?.[0]);
};

it("a backup under load brings database and rooms back to all that was acknowledged before it", async () => {
  const people = signUps();
  const talks = await Promise.all(ROOMS.map(talk));
  const isBusy = () => people.done() > ENOUGH && talks.every(({ acked }) => acked.size > ENOUGH);
  await expect.poll(isBusy, { timeout: 20_000 }).toBe(true);

  const peopleBefore = people.done();
  const before = talks.map(({ acked }) => new Map(acked));
  const backups = path.join(folder, "backups");
  expect(await command("backup.mjs", backups)).toContain(`with ${ROOMS.length} rooms`);
  const peopleAfter = people.done();
  // They went on talking meanwhile, and go on now: what they say is not in the backup.
  const during = talks.map(({ acked }) => acked.size);
  expect(peopleAfter).toBeGreaterThan(peopleBefore);
  for (const [index, size] of during.entries()) expect(size).toBeGreaterThan(before[index]!.size);
  const isFurther = () => talks.every(({ acked }, index) => acked.size > during[index]! + 20);
  await expect.poll(isFurther, { timeout: 20_000 }).toBe(true);
  const { welcome } = await party.enter("linus", { room: "attic" });
  await Promise.all([...talks, people].map((one) => one.stop()));
  const whole = await Promise.all(ROOMS.map(history));
  // Nobody who wrote was refused because of it, and nothing is missing of what goes on.
  for (const [index, { acked }] of talks.entries()) {
    expect([...whole[index]!.keys()]).toEqual([...acked.keys()].sort((a, b) => a - b));
  }

  expect(await command("restore.mjs", backups, "--yes", "--rooms")).toContain(
    "The party is running",
  );
  await party.kill();
  expect(await command("restore.mjs", backups, "--rooms")).toContain("add --yes");
  expect(await command("restore.mjs", backups, "--yes", "--rooms")).toContain(
    `Restored ${ROOMS.length} rooms`,
  );
  await party.restart();

  const count = await countPeople();
  expect(count).toBeGreaterThanOrEqual(peopleBefore);
  expect(count).toBeLessThanOrEqual(peopleAfter + 1);
  for (const [index, room] of ROOMS.entries()) {
    const restored = await history(room);
    // Every number from 1 on, each with the message that it had, those before the backup among them.
    const firsts = [...whole[index]!].slice(0, restored.size);
    expect([...restored]).toEqual(firsts);
    expect([...restored.keys()]).toEqual(firsts.map((_, at) => at + 1));
    for (const [seq, text] of before[index]!) expect(restored.get(seq)).toBe(text);
    expect(restored.size).toBeLessThan(whole[index]!.size);
  }

  // Who holds a page with messages that are no more gets a fresh one, and numbers go on from there.
  const head = (await history("attic")).size;
  const resume = `&epoch=${welcome.epoch}&after=${head}`;
  const back = await party.enter("ada", { room: "attic" }, resume);
  expect(back.welcome.recovered).toBe(false);
  expect(back.welcome.epoch).not.toBe(welcome.epoch);
  back.client.send({ type: "chat.send", id: "again", text: "again" });
  expect((await back.client.next("ack")).seq).toBe(head + 1);
  // What was said before is known by its id still: nobody says it twice.
  back.client.send({ type: "chat.send", id: "ada-0", text: "ada 0" });
  expect((await back.client.next("ack", ({ id }) => id === "ada-0")).seq).toBeLessThan(head);
}, 90_000);

it("a restore without --rooms takes no message back", async () => {
  const { client } = await party.enter("ada", { room: "attic" });
  client.send({ type: "chat.send", id: "one", text: "one" });
  await client.next("ack");
  const backups = path.join(folder, "backups");
  await command("backup.mjs", backups);
  client.send({ type: "chat.send", id: "two", text: "two" });
  await client.next("ack", ({ id }) => id === "two");
  await party.kill();
  expect(await command("restore.mjs", backups, "--yes")).toContain("Rooms stay as they are");
  await party.restart();
  expect([...(await history("attic")).values()]).toEqual(["one", "two"]);
});
