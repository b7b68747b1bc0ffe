import { createServer } from "node:http";
import jwt from "jsonwebtoken";
import { Server } from "socket.io";

/** Socket.IO with a JWT in its handshake, as its documentation shows. */
const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.use((socket, next) => {
  try {
    socket.data.user = jwt.verify(socket.handshake.auth.token, process.env.SECRET).sub;
    next();
  } catch {
    next(new Error("unauthorized"));
  }
});
io.on("connection", (socket) => {
  void socket.join("bench");
  socket.on("chat.send", (message) => {
    io.to("bench").emit("chat.message", { ...message, user: socket.data.user });
  });
});
http.listen(Number(process.env.PORT), "127.0.0.1");
