import { importJWK, jwtVerify } from "jose";

/** PartyKit's guide on authentication: token by query, verified in onBeforeConnect, who it is in a header. */
export default class Room {
  constructor(room) {
    this.room = room;
  }
  static async onBeforeConnect(request, lobby) {
    try {
      const token = new URL(request.url).searchParams.get("token") ?? "";
      const key = await importJWK(JSON.parse(lobby.env.PUBLIC_JWK), "EdDSA");
      const { payload } = await jwtVerify(token, key, { issuer: lobby.env.ISSUER });
      request.headers.set("X-User-ID", payload.sub);
      return request;
    } catch {
      return new Response("Unauthorized", { status: 401 });
    }
  }
  onConnect(connection, { request }) {
    connection.setState({ user: request.headers.get("X-User-ID") });
  }
  onMessage(message) {
    this.room.broadcast(message);
  }
  static onFetch() {
    return new Response("ok");
  }
}
