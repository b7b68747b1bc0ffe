import { randomUUID } from "node:crypto";
import { makeSecret } from "../scripts/lib/keys.mjs";
import { expect } from "./fixtures";

/** A party that is started with it (`stackEnv`) lets a test speak as a server. */
export const apiKey = makeSecret();

/** Has `count` lines said in a room, "Line 1" and on, by somebody who is not there. */
export async function fill(partyHost: string, room: string, count: number): Promise<void> {
  for (let line = 1; line <= count; line++) {
    const answer = await fetch(`http://${partyHost}/parties/main/${room}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ id: randomUUID(), text: `Line ${line}`, as: "guest" }),
    });
    expect(answer.status).toBe(200);
  }
}
