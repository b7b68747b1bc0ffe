import type { Metadata } from "next";
import { InspectScreen } from "@/components/inspect/inspect-screen";
import { PageShell } from "@/components/shell/page-shell";
import { getAccounts } from "@/lib/accounts/libsql";
import { requireUser } from "@/lib/auth/session";
import { serverEnv } from "@/lib/env/server";
import { ROOM_ID_PATTERN } from "@/lib/protocol/limits";

export const metadata: Metadata = { title: "Inspect" };

const roomsOf = (userId: string) => getAccounts().rooms.visibleTo(userId, Date.now());

/**
 * For development: the file's ending makes it a page there and nothing at all in a production build
 * (next.config.mjs).
 */
export default async function InspectPage({
  searchParams,
}: {
  searchParams: Promise<{ room?: string | string[] }>;
}) {
  const user = await requireUser("/inspect");
  const rooms = (await roomsOf(user.id)).map((one) => one.room);
  const { room: asked } = await searchParams;
  const room = typeof asked === "string" && ROOM_ID_PATTERN.test(asked) ? asked : rooms[0]?.id;
  return (
    <PageShell account={user}>
      <h1 className="display mb-6 text-display">Inspect</h1>
      <form className="mb-10 flex flex-wrap items-center gap-3">
        <label htmlFor="room" className="text-small font-medium text-soft">
          Room
        </label>
        <select
          id="room"
          name="room"
          defaultValue={room}
          className="rounded-house border border-strong bg-surface px-3 py-1.5 text-small"
        >
          {rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <button className="target rounded-house border border-strong px-3 text-small">Look</button>
      </form>
      {room && (
        <InspectScreen
          key={room}
          room={room}
          partyHost={serverEnv().partyHost}
          me={{ id: user.id, name: user.name }}
        />
      )}
    </PageShell>
  );
}
