import type { Metadata } from "next";
import { Suspense } from "react";
import { requireUser } from "@/lib/auth/session";
import { roomsByInvitation, roomsFor } from "@/lib/party-api/rooms";
import { CreateRoomForm } from "@/components/rooms/create-room-form";
import { RoomsList, RoomsListSkeleton } from "@/components/rooms/rooms-list";
import { PageShell } from "@/components/shell/page-shell";

export const metadata: Metadata = { title: "Rooms" };

export default async function RoomsPage() {
  const user = await requireUser("/rooms");
  return (
    <PageShell account={user}>
      <div className="grid grid-cols-1 items-start gap-x-16 gap-y-14 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-labelledby="rooms">
          <h1 id="rooms" className="display mb-6 text-display">
            Rooms
          </h1>
          <Suspense fallback={<RoomsListSkeleton />}>
            <Rooms userId={user.id} />
          </Suspense>
        </section>
        <section aria-labelledby="new-room" className="rounded-house bg-sunken p-6">
          <h2 id="new-room" className="mb-4 scroll-mt-6 text-title font-semibold">
            New room
          </h2>
          <CreateRoomForm />
        </section>
      </div>
    </PageShell>
  );
}

/** Apart from the page, because it asks the party: the rest does not wait for it. */
async function Rooms({ userId }: { userId: string }) {
  const [rooms, byInvitation] = await Promise.all([roomsFor(userId), roomsByInvitation(userId)]);
  return <RoomsList initial={{ rooms, byInvitation }} />;
}
