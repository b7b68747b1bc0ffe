import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { WebSocket } from "ws";

/**
 * A browser without Playwright between, over its own protocol (CDP). Playwright keeps every page
 * focused and visible, and Chromium freezes no page that is.
 */
export async function plainBrowser() {
  const profile = mkdtempSync(path.join(tmpdir(), "plain-browser-"));
  const child = spawn(
    process.env.CHROMIUM_PATH ?? chromium.executablePath(),
    [
      "--headless=new",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      "--no-first-run",
      "about:blank",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
      const found = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", () => reject(new Error(said)));
  });
  const socket = new WebSocket(address);
  await once(socket, "open");
  const answers = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>();
  const listeners = new Map<string, (() => void)[]>();
  let ids = 0;
  socket.on("message", (data) => {
    const { id, method, ...answer } = JSON.parse(String(data));
    if (id === undefined) for (const listener of listeners.get(method) ?? []) listener();
    else answers.get(id)?.(answer);
  });

  const send = (method: string, params: object = {}, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      answers.set(++ids, ({ result, error }) =>
        error ? reject(new Error(JSON.stringify(error))) : resolve(result as never),
      );
      socket.send(JSON.stringify({ id: ids, method, params, sessionId }));
    });

  return {
    /** Opens an address with the cookies of somebody who is signed in. */
    async open(url: string, cookies: readonly { name: string; value: string }[]) {
      const { targetId } = await send("Target.createTarget", { url: "about:blank" });
      const attached = await send("Target.attachToTarget", { targetId, flatten: true });
      const session = attached.sessionId as string;
      const given = cookies.map(({ name, value }) => ({ name, value, url, httpOnly: true }));
      await send("Network.setCookies", { cookies: given }, session);
      await send("Network.enable", {}, session);
      let sockets = 0;
      listeners.set("Network.webSocketCreated", [() => sockets++]);
      await send("Page.navigate", { url }, session);
      return {
        sockets: () => sockets,
        become: (state: "frozen" | "active") =>
          send("Page.setWebLifecycleState", { state }, session),
        /** Another page comes to the front: this one is hidden and its timers are throttled. */
        async hide() {
          const { targetId: front } = await send("Target.createTarget", { url: "about:blank" });
          await send("Target.activateTarget", { targetId: front });
        },
        /** Not to be asked of a frozen page: it would wait for the thaw. */
        async evaluate<T>(expression: string): Promise<T> {
          const answer = await send(
            "Runtime.evaluate",
            { expression, returnByValue: true },
            session,
          );
          return (answer.result as { value: T }).value;
        },
      };
    },
    async close() {
      await send("Browser.close");
      if (child.exitCode === null) await once(child, "exit");
      socket.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
