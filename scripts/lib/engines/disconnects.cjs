const { createInterface } = require("node:readline");
const { PassThrough } = require("node:stream");

/**
 * What the runtime says whenever a browser goes away: an exception of its own, with a stack of addresses.
 * A hibernating room has one for every socket, also for one that was closed as it should be.
 */
const DISCONNECTS = /worker_do_not_log|Error: Network connection lost|^\s*stack: \//;

/** The lines of a stream without those. */
function withoutDisconnects(stream) {
  const rest = new PassThrough();
  createInterface({ input: stream, crlfDelay: Infinity })
    .on("line", (line) => DISCONNECTS.test(line) || rest.write(`${line}\n`))
    .once("close", () => rest.end());
  return rest;
}

module.exports = { DISCONNECTS, withoutDisconnects };
