/** A bare PartyKit room: what comes from one goes to all. */
export default class Room {
  constructor(room) {
    this.room = room;
  }
  onMessage(message) {
    this.room.broadcast(message);
  }
  static onFetch() {
    return new Response("ok");
  }
}
