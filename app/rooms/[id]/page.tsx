import type { Metadata } from "next";
import { Suspense } from "react";
import { cookies } from "next/headers";
import { getAccounts } from "@/lib/accounts/libsql";
import { type CurrentUser, configuredProviders } from "@/lib/auth/session";
import { serverEnv } from "@/lib/env/server";
import { roomsFor } from "@/lib/party-api/rooms";
import { PANELS_COOKIE, parsePanels } from "@/components/room/panels";
import { RoomScreen } from "@/components/room/room-screen";
import type { Account } from "@/components/shell/account-menu";
import { RoomsNav, RoomsNavSkeleton } from "@/components/rooms/rooms-nav";
import { enterRoom } from "./access";

type Params = Promise<{ id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { room } = await enterRoom((await params).id);
  return { title: room.name };
}

export default async function RoomPage({ params }: { params: Params }) {
  const { user, room, muted, standing } = await enterRoom((await params).id);
  const { id, name, topic, visibility, archived, direct, other } = room;
  const accounts = getAccounts();
  const [members, hidden] = await Promise.all([
    visibility !== "public" ? accounts.rooms.members(id) : [],
    accounts.hidden.list(user.id),
  ]);
  return (
    <RoomScreen
      // Another room or another person is another page, never one that changes its mind.
      key={`${id} ${user.id}`}
      room={{ id, name, topic, visibility, archived, direct, other, muted, standing }}
      account={accountOf(user)}
      partyHost={serverEnv().partyHost}
      providers={configuredProviders()}
      members={members}
      hidden={hidden.map((one) => one.id)}
      panels={parsePanels((await cookies()).get(PANELS_COOKIE)?.value)}
      rooms={
        <Suspense fallback={<RoomsNavSkeleton />}>
          <Rooms userId={user.id} current={id} />
        </Suspense>
      }
    />
  );
}

const accountOf = ({ id, name, email, picture, admin }: CurrentUser): Account => ({
  ...{ id, name, email, picture, admin },
});

/** Apart from the page, because it asks the party: the room does not wait for it. */
async function Rooms({ userId, current }: { userId: string; current: string }) {
  return <RoomsNav initial={await roomsFor(userId)} current={current} />;
}
