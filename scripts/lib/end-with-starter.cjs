/** Preloaded into Next: a starter that was killed says no goodbye, and the port would stay busy. */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
