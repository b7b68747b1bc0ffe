import jwt from "jsonwebtoken";
import { WebSocketServer } from "ws";

/**
 * The pattern of Linode's guide "Use JSON Web Tokens to Authenticate Users over WebSockets": token
 * by query, and with each message the token of each client is verified before that client gets it.
 */
const server = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
server.on("connection", (socket, request) => {
  socket.on("error", () => {});
  const token = new URL(request.url, "http://localhost").searchParams.get("token");
  jwt.verify(token, process.env.SECRET, (error) => {
    if (error) return socket.close();
    socket.token = token;
  });
  socket.on("message", (data) => {
    const text = String(data);
    for (const client of server.clients) {
      jwt.verify(client.token, process.env.SECRET, (error) => {
        if (error) client.close();
        else client.send(text);
      });
    }
  });
});
