import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import { describe, expect, it } from "vitest";
import { ROOT } from "./config.mjs";
import { readEnvFile } from "./env-file.mjs";

const FOLDER = path.join(ROOT, ".github/workflows");
const read = (file) => readFileSync(path.join(ROOT, file), "utf8");
const workflows = readdirSync(FOLDER).map((name) => {
  const text = read(`.github/workflows/${name}`);
  return [name, { text, ...yaml.load(text) }];
});
const stepsOf = ({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps);
const { scripts, dependencies, devDependencies } = JSON.parse(read("package.json"));

describe.each(workflows)("%s", (_name, workflow) => {
  it("may read, and nothing else", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeUndefined();
    expect(workflow.on).not.toHaveProperty("pull_request_target");
  });

  it("uses actions by commit, tells their version, and leaves no credentials behind", () => {
    const used = [...workflow.text.matchAll(/uses: (.+)$/gm)].map(([, what]) => what);
    expect(used.length).toBeGreaterThan(0);
    for (const what of used) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const step of stepsOf(workflow)) {
      if (step.uses?.startsWith("actions/checkout@")) {
        expect(step.with["persist-credentials"]).toBe(false);
      }
    }
  });

  it("ends: each job has a time, and the whole a group", () => {
    for (const job of Object.values(workflow.jobs))
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(workflow.concurrency.group).toBeTruthy();
  });

  it("runs commands that are there, and lets nobody's text into a shell", () => {
    for (const { run } of stepsOf(workflow)) {
      if (!run) continue;
      for (const [, name] of run.matchAll(/npm run ([\w:]+)/g))
        expect(scripts).toHaveProperty(name);
      for (const [, what] of run.matchAll(/\$\{\{\s*([\w.]+)/g)) expect(what).toMatch(/^matrix\./);
    }
  });
});

describe("the tests and the deployment", () => {
  const of = (name) => workflows.find(([file]) => file === name)[1];

  it("the tests need no secret, run on every change, on each Node and engine, and keep what they saw", () => {
    const test = of("test.yml");
    expect(test.text).not.toMatch(/secrets\.|vars\./);
    expect(Object.keys(test.on)).toEqual(["push", "pull_request"]);
    expect(test.jobs.node.strategy.matrix.node).toEqual(["20.9.0", "20", "22", "24"]);
    expect(test.jobs.whole.strategy.matrix.engine).toEqual(["partykit", "cloudflare"]);
    const kept = test.jobs.whole.steps.find(({ uses }) =>
      uses?.startsWith("actions/upload-artifact"),
    );
    expect(kept.with.path).toMatch(/playwright-report[^]*test-results[^]*pictures/);
  });

  it("what is known about shipped packages is asked on every change, and fails it", () => {
    const { audit } = of("test.yml").jobs;
    const asked = audit.steps.find(({ run }) => run?.startsWith("npm audit "));
    expect(asked.run).toBe("npm audit --omit=dev --audit-level=high");
    for (const one of [audit, asked]) {
      expect(one).not.toHaveProperty("if");
      expect(one).not.toHaveProperty("continue-on-error");
    }
  });

  it("a deployment follows green tests of main, where somebody has said where to", () => {
    const { on, jobs } = of("deploy.yml");
    expect(on.workflow_run).toMatchObject({ workflows: [of("test.yml").name], branches: ["main"] });
    expect(jobs.deploy.if).toMatch(
      /vars\.DEPLOY_APP != ''.*conclusion == 'success'.*event == 'push'/s,
    );
    expect(jobs.deploy.environment).toBe("production");
    const env = jobs.deploy.steps.at(-1).env;
    const shown = new Set(read(".env.example").match(/(?<=^# )[A-Z_]+(?==$)/gm));
    const foreign = /^(APP|PARTY|ENGINE|VERCEL_.*|CLOUDFLARE_.*)$/;
    expect(Object.keys(env).filter((name) => !foreign.test(name) && !shown.has(name))).toEqual([]);
    expect(readEnvFile(path.join(ROOT, ".env.example"))).toEqual({});
  });
});

describe("proposals of new versions", () => {
  const [npm, actions] = yaml.load(read(".github/dependabot.yml")).updates;
  const fits = (name) => (pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

  it("wait, and come in groups", () => {
    for (const one of [npm, actions])
      expect(one.cooldown["default-days"]).toBeGreaterThanOrEqual(7);
    expect(npm.groups.tools["exclude-patterns"].toSorted()).toEqual(
      Object.entries(npm.groups)
        .filter(([name]) => name !== "tools")
        .flatMap(([, { patterns }]) => patterns)
        .toSorted(),
    );
  });

  it("of authentication and party never come with others, and nothing merges by itself", () => {
    const names = ["next-auth", "jose", "@node-rs/argon2", "partykit", "partysocket", "next"];
    for (const name of names) {
      expect({ ...dependencies, ...devDependencies }).toHaveProperty([name]);
      expect(npm.groups.tools["exclude-patterns"].some(fits(name))).toBe(true);
    }
    for (const [, { text }] of workflows) expect(text).not.toMatch(/merge|contents: write/);
  });
});
