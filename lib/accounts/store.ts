import type { Client, InStatement, InValue, ResultSet, Row } from "@libsql/client";
import { observe } from "../observe/metrics";
import { AccountsUnavailable } from "./port";

/** A locked or silent database is given up after this long, so that a request can answer 503. */
const GIVE_UP_AFTER_MS = 3_000;
const RETRY_MS = 15;
const BUSY = /^SQLITE_(BUSY|LOCKED)/;
const CONSTRAINT = /^SQLITE_CONSTRAINT/;

/** A uniqueness or reference rule of the schema refused the write. */
export class Conflict extends Error {
  override name = "Conflict";
}

export interface Statement {
  sql: string;
  args: InValue[];
}

export interface Store {
  /** Rows of one read. */
  rows(sql: string, ...args: InValue[]): Promise<Row[]>;
  row(sql: string, ...args: InValue[]): Promise<Row | null>;
  /** Number of rows that one write changed. @throws Conflict */
  write(sql: string, ...args: InValue[]): Promise<number>;
  /** Several writes, all or none; the number of rows each changed. @throws Conflict */
  writeAll(statements: Statement[]): Promise<number[]>;
  /** One transaction of reads and writes; what each statement gave. @throws Conflict */
  transact(statements: Statement[]): Promise<{ rows: Row[]; changed: number }[]>;
}

interface Waits {
  giveUpAfterMs: number;
  now(): number;
  pause(ms: number): Promise<void>;
}

const REAL: Waits = {
  giveUpAfterMs: GIVE_UP_AFTER_MS,
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Runs statements; waits for a locked database without blocking the process. Whatever else goes
 * wrong becomes `AccountsUnavailable`: no SQL, path or driver text leaves this file.
 */
export function createStore(open: () => Promise<Client>, waits: Waits = REAL): Store {
  async function attempt<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const started = waits.now();
    const deadline = started + waits.giveUpAfterMs;
    const took = (outcome: "ok" | "conflict" | "unavailable") =>
      observe("guestlist_database_seconds", { outcome }, waits.now() - started);
    for (;;) {
      try {
        const result = await within(waits.giveUpAfterMs, open().then(work));
        took("ok");
        return result;
      } catch (error) {
        const code = String((error as { code?: unknown }).code ?? "");
        if (CONSTRAINT.test(code)) {
          took("conflict");
          throw new Conflict();
        }
        if (BUSY.test(code) && waits.now() < deadline) {
          await waits.pause(RETRY_MS + Math.random() * RETRY_MS);
          continue;
        }
        took("unavailable");
        throw new AccountsUnavailable(`The database did not answer (${codeForLogs(code)}).`);
      }
    }
  }
  const transact = async (statements: Statement[]) =>
    (await attempt((client) => client.batch(statements, "write"))).map(
      ({ rows, rowsAffected }) => ({ rows, changed: rowsAffected }),
    );
  const execute = (statement: InStatement): Promise<ResultSet> =>
    attempt((client) => client.execute(statement));

  return {
    rows: async (sql, ...args) => (await execute({ sql, args })).rows,
    row: async (sql, ...args) => (await execute({ sql, args })).rows[0] ?? null,
    write: async (sql, ...args) => (await execute({ sql, args })).rowsAffected,
    writeAll: async (statements) => (await transact(statements)).map(({ changed }) => changed),
    transact,
  };
}

const codeForLogs = (code: string): string => (/^[A-Z_]{1,40}$/.test(code) ? code : "unknown");

/** A hosted database may hang; a request must not. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(), { code: "TIMEOUT" })), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
