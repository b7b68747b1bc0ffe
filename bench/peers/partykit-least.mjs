/**
 * The least room that promises what ours does of a message: nobody hears it before it is on the disk,
 * it is numbered, acknowledged, never said twice, and the room may sleep while people are connected.
 */
export default class Room {
  options = { hibernate: true };

  constructor(room) {
    this.room = room;
    this.open = new Map();
  }

  async onStart() {
    for (const connection of this.room.getConnections()) this.open.set(connection.id, connection);
    this.seq = (await this.room.storage.get("seq")) ?? 0;
  }

  onConnect(connection) {
    this.open.set(connection.id, connection);
  }

  onClose(connection) {
    this.open.delete(connection.id);
  }

  async onMessage(frame, sender) {
    const { id, text } = JSON.parse(frame);
    const { storage } = this.room;
    const said = `said ${sender.id} ${id}`;
    const known = (await storage.get([said])).get(said);
    if (known) return sender.send(JSON.stringify({ type: "chat.ack", id, ...known }));
    const stored = { seq: ++this.seq, ts: Date.now() };
    const message = { ...stored, id, user: { id: sender.id }, text };
    const key = `message ${String(stored.seq).padStart(15, "0")}`;
    await storage.put({ [key]: message, [said]: stored, seq: stored.seq });
    sender.send(JSON.stringify({ type: "chat.ack", id, ...stored }));
    const told = JSON.stringify({ type: "chat.message", ...message });
    for (const connection of this.open.values()) connection.send(told);
  }

  static onFetch() {
    return new Response("ok");
  }
}
