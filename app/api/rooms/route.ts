import { getAccounts } from "@/lib/accounts/libsql";
import { readJson } from "@/lib/api/body";
import { answer, Refusal } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { readNewRoom } from "@/lib/api/room-input";
import { methods, route } from "@/lib/api/route";
import { countRequest } from "@/lib/auth/token-bucket";
import { roomsByInvitation, roomsFor } from "@/lib/party-api/rooms";

/** Rooms that one person may make: a few at once, then one each minute. */
const NEW_ROOMS = { perMinute: 1, burst: 20 };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(async () => {
    const user = await requireApiUser();
    const [rooms, byInvitation] = await Promise.all([
      roomsFor(user.id),
      roomsByInvitation(user.id),
    ]);
    return answer(200, { rooms, byInvitation });
  }),
  POST: route(async (request) => {
    requireOwnPage(request);
    const room = readNewRoom(await readJson(request));
    const user = await requireApiUser();
    const { rooms, throttle } = getAccounts();
    const now = Date.now();
    const wait = await countRequest(throttle, `rooms:${user.id}`, NEW_ROOMS, now);
    if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
    const made = await rooms.create({ ...room, createdAt: now }, user.id);
    if (made === "conflict") throw new Refusal("conflict");
    return answer(201, { id: room.id });
  }),
});
