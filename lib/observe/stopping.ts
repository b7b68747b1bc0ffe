import "server-only";
import { Server } from "node:http";

/**
 * A server that closes waits until its connections end, and whoever is busy on one, a proxy above all,
 * never ends it. So from the moment a server of this process closes, each connection gets one more
 * answer, the one it waits for, and is told that it is the last. Otherwise a deploy waits until its
 * patience ends and kills the process with answers half written.
 */
export function letConnectionsEnd(): void {
  const { close } = Server.prototype;
  Server.prototype.close = function (callback) {
    this.maxRequestsPerSocket = 1;
    return close.call(this, callback);
  };
}
