import { createServer } from "node:http";
import socketcluster from "socketcluster-server";

/** SocketCluster with its own auth token, its own channels, publishing allowed to who has a token. */
const http = createServer();
const server = socketcluster.attach(http, { authKey: process.env.SECRET });
server.setMiddleware(server.MIDDLEWARE_INBOUND, async (stream) => {
  for await (const action of stream) {
    const needsToken = action.type === action.PUBLISH_IN || action.type === action.SUBSCRIBE;
    if (needsToken && !action.socket.authToken) {
      action.block(Object.assign(new Error("unauthorized"), { name: "Unauthorized" }));
    } else action.allow();
  }
});
http.listen(Number(process.env.PORT), "127.0.0.1");
