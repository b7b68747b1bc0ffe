import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../lib/config.mjs";
import { SECRETS } from "./values.mjs";

/** Tried with the commands as this version has them; only used where there is none on the machine. */
const VERCEL = "vercel@64.0.2";

/** How Vercel's command is called here: the one that is installed, else by npx. */
function vercel(args, { env = process.env, stdin } = {}) {
  const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const names = process.platform === "win32" ? ["vercel.cmd"] : ["vercel"];
  const there = folders.some((folder) => names.some((name) => existsSync(path.join(folder, name))));
  return {
    ...(there ? { file: "vercel", args } : { file: "npx", args: ["--yes", VERCEL, ...args] }),
    ...{ cwd: ROOT, logins: /^VERCEL_/, stdin },
  };
}

/**
 * Vercel's commands for the app: link, one for each variable, deploy. Values go by input: in the
 * words of a command everybody on the machine could read them.
 */
export function appCommands(
  { name, values, target = "production" },
  { root = ROOT, env = process.env } = {},
) {
  const linked =
    existsSync(path.join(root, ".vercel/project.json")) ||
    (env.VERCEL_ORG_ID && env.VERCEL_PROJECT_ID);
  const link = linked ? [] : [vercel(["link", "--yes", "--project", name], { env })];
  const variables = Object.entries(values).map(([variable, value]) =>
    vercel(
      [
        ...["env", "add", variable, target, "--force"],
        ...(SECRETS.includes(variable) ? ["--sensitive"] : []),
      ],
      { env, stdin: value },
    ),
  );
  return { link, variables, deploy: [vercel(["deploy", "--prod", "--yes"], { env })] };
}
