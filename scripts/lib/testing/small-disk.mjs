import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PIECE = Buffer.alloc(4096);

/** A disk of so many MiB, in memory, that a test can fill. Needs the right to mount one: `canMount`. */
export function smallDisk(megabytes) {
  const folder = mkdtempSync(path.join(tmpdir(), "guestlist-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "tmpfs", folder]);
  const ballast = path.join(folder, "ballast");
  return {
    folder,
    /** Writes until the disk takes no more. */
    fill() {
      const file = openSync(ballast, "a");
      try {
        for (;;) writeSync(file, PIECE);
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let can;

/** Whether this process may make such a disk: as root on Linux, as in most containers it may not. */
export function canMount() {
  if (can !== undefined) return can;
  try {
    smallDisk(1).remove();
    can = true;
  } catch {
    can = false;
  }
  return can;
}
