import { hash } from "@node-rs/argon2";
import { nanoid } from "nanoid";
import { resolveConfig } from "./lib/config.mjs";
import { isMain } from "./lib/processes.mjs";
import { openForSetup, patiently } from "./lib/databases.mjs";
import { run, say, Stop } from "./lib/say.mjs";

export const DEMO_PASSWORD = "correct horse battery";
const PEOPLE = [
  { email: "ada@example.com", name: "Ada Marlow", admin: 1 },
  { email: "grace@example.com", name: "Grace Obi", admin: 0 },
  { email: "linus@example.com", name: "Linus Falk", admin: 0 },
];
const [ADA, GRACE] = PEOPLE.map((person) => person.email);
const ROOMS = [
  {
    id: "general",
    name: "General",
    topic: "Everything and nothing",
    visibility: "public",
    members: { [ADA]: "owner" },
  },
  {
    id: "engineering",
    name: "Engineering",
    topic: "How it is built",
    visibility: "public",
    members: { [ADA]: "owner" },
  },
  {
    id: "founders",
    name: "Founders",
    topic: "By invitation",
    visibility: "private",
    members: { [ADA]: "owner", [GRACE]: "member" },
  },
];

/**
 * Puts the demo people and rooms into a local, migrated database. What exists stays as people left
 * it: passwords, names, topics and memberships are set once, when the row is made.
 * @throws Stop for anything but a `file:` database: a deployment has no people of known password.
 */
export async function seed({ url }) {
  if (!url.startsWith("file:")) throw new Stop("Only a local database (file:…) is seeded.");
  const client = openForSetup({ url });
  try {
    const now = Date.now();
    for (const { email, name, admin } of PEOPLE) {
      const known = await client.execute({
        sql: "SELECT 1 FROM people WHERE email = ?",
        args: [email],
      });
      if (known.rows.length) continue;
      // The same parameters as lib/auth/password.ts; a sign-in would raise weaker ones.
      const passwordHash = await hash(DEMO_PASSWORD.normalize("NFKC"), {
        memoryCost: 19_456,
        timeCost: 2,
        parallelism: 1,
      });
      const person = {
        sql: `INSERT INTO people (id, email, name, password_hash, admin, created_at)
              VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING`,
        args: [nanoid(), email, name, passwordHash, admin, now],
      };
      await patiently(() => client.execute(person));
    }
    for (const { id, name, topic, visibility, members } of ROOMS) {
      const known = await client.execute({ sql: "SELECT 1 FROM rooms WHERE id = ?", args: [id] });
      if (known.rows.length) continue;
      const room = {
        sql: `INSERT INTO rooms (id, name, topic, visibility, created_at)
              VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        args: [id, name, topic, visibility, now],
      };
      const entries = Object.entries(members).map(([email, role]) => ({
        sql: `INSERT INTO members (room_id, user_id, role, since)
              SELECT ?, id, ?, ? FROM people WHERE email = ? ON CONFLICT DO NOTHING`,
        args: [id, role, now, email],
      }));
      await patiently(() => client.batch([room, ...entries], "write"));
    }
  } finally {
    client.close();
  }
}

if (isMain(import.meta.url)) {
  await run(async () => {
    await seed({ url: resolveConfig().databaseUrl });
    say("The demo people and rooms are there.");
  });
}
