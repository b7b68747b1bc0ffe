/** The least that a room pays which loses nothing: each message is on the disk before anybody hears it. */
export default class Room {
  constructor(room) {
    this.room = room;
    this.messages = 0;
  }
  async onMessage(message) {
    await this.room.storage.put(String(this.messages++).padStart(15, "0"), message);
    this.room.broadcast(message);
  }
  static onFetch() {
    return new Response("ok");
  }
}
