/**
 * Preloaded into `partykit dev`, which binds its server, the runtime's inspector and its own
 * inspector proxy to every interface and has no option against it. Here everything that would
 * listen on all interfaces listens on 127.0.0.1.
 *
 * It also ties the lives of three processes together: the command stays up when its runtime has
 * died, and would outlive the process that started it. And what the runtime says of each browser that
 * goes away stays here: the command would have another process colour it, which costs more than the dial.
 */
const childProcess = require("node:child_process");
const net = require("node:net");
const { withoutDisconnects } = require("./disconnects.cjs");

const LOOPBACK = "127.0.0.1";
/** A reload replaces the runtime; only one that is not followed by another has died. */
const REPLACED_WITHIN_MS = 300;

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const [first, second] = args;
  if (first !== null && typeof first === "object" && "port" in first && !first.path) {
    args[0] = { ...first, host: LOOPBACK };
  } else if (typeof first === "number" || /^\d+$/.test(String(first))) {
    if (typeof second === "string") args[1] = LOOPBACK;
    else args.splice(1, 0, LOOPBACK);
  }
  return listen.apply(this, args);
};

const onLoopback = (arg) =>
  typeof arg === "string" && /^--(socket|inspector)-addr=/.test(arg)
    ? arg.replace(/(?<==)(0\.0\.0\.0|\[?::\]?|\*|localhost)(?=:\d+$)/, LOOPBACK)
    : arg;

let runtime;
const spawn = childProcess.spawn;
childProcess.spawn = function (command, args, options) {
  const isRuntime = Array.isArray(args) && args[0] === "serve";
  const child = spawn.call(this, command, isRuntime ? args.map(onLoopback) : args, options);
  if (isRuntime) {
    runtime = child;
    if (child.stderr) child.stderr = withoutDisconnects(child.stderr);
    child.once("exit", () =>
      setTimeout(() => {
        if (runtime === child) process.exit(1);
      }, REPLACED_WITHIN_MS),
    );
  }
  return child;
};

process.on("disconnect", () => process.exit(1));
