import { WebSocketServer } from "ws";

/** A bare broadcast: no identity, no storage, no order but the socket's. */
const server = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data) => {
    const text = String(data);
    for (const client of server.clients) client.send(text);
  });
});
