import { spawn } from "node:child_process";
import path from "node:path";
import { Stop } from "../lib/say.mjs";

/** What any command needs to run; beside it only what it signs in with. */
const NEEDED = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE", "APPDATA"];
const ALSO = [
  "LANG",
  "TERM",
  "CI",
  "HTTPS_PROXY",
  "NO_PROXY",
  "XDG_CONFIG_HOME",
  "NODE_EXTRA_CA_CERTS",
];

/**
 * Runs a command of others' to its end. It gets nothing of our environment but its own sign-in.
 * @param {{file: string, args: string[], cwd: string, logins: RegExp, stdin?: string}} command
 *   `stdin`: what it is told there, and the only place for a secret
 * @param {{bin: string, env?: NodeJS.ProcessEnv}} where `bin`: looked in before PATH
 * @returns {Promise<number>} its status
 */
export function runCommand({ file, args, cwd, logins, stdin }, { bin, env = process.env }) {
  const own = Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => NEEDED.includes(name) || ALSO.includes(name) || logins.test(name),
    ),
  );
  own.PATH = [bin, env.PATH].join(path.delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...own, NO_UPDATE_NOTIFIER: "1", DO_NOT_TRACK: "1" },
      stdio: [stdin === undefined ? "inherit" : "pipe", "inherit", "inherit"],
      // npm's commands are scripts there; no argument of ours holds a space or a secret.
      shell: process.platform === "win32",
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(stdin);
    child.once("error", (error) =>
      reject(
        error.code === "ENOENT"
          ? new Stop(`There is no command "${file}" on this machine.`)
          : error,
      ),
    );
    child.once("close", (status) => resolve(status ?? 1));
  });
}

/** As one would type it; what goes to its input is named and not shown. */
export const shown = ({ file, args, stdin }) =>
  `${stdin === undefined ? "" : "(the value, on its input) | "}${[file, ...args].join(" ")}`;
