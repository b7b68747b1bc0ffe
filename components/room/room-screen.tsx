"use client";

import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { RoomProvider } from "@/lib/client/react";
import { AddPerson } from "../people/add-person";
import { LeaveRoom } from "../people/leave-room";
import type { Member } from "../people/members";
import { MembersProvider } from "../people/members";
import { PeopleList } from "../people/people-list";
import type { Provider } from "../auth/provider-buttons";
import type { Account } from "../shell/account-menu";
import { SkipLink } from "../shell/page-shell";
import { cx } from "../ui/cx";
import { Sheet } from "../ui/sheet";
import { Composer } from "./composer";
import { RoomNotices } from "./connection-banner";
import { FollowAccount } from "./follow-account";
import { FollowLink } from "./follow-link";
import { GettingAbout } from "./getting-about";
import { KnownNamesProvider } from "./known-names";
import { loadMarkdown } from "./markdown/lazy";
import { Notifications } from "./notifications";
import { PanelDivider } from "./panel-divider";
import type { Panel, Panels } from "./panels";
import { keepPanels } from "./panels";
import type { RoomFacts } from "./room-header";
import { RoomHeader } from "./room-header";
import { SignInAgain } from "./sign-in-again";
import { TabBadge } from "./tab-badge";
import { TalkProvider } from "./talk";
import { TalkNotice } from "./talk-notice";
import { Transcript } from "./transcript";
import { TypingLine } from "./typing-line";

export interface RoomScreenProps {
  room: RoomFacts;
  account: Account;
  /** Host of the party, from the app's settings at run time. */
  partyHost: string;
  panels: Panels;
  /** Everybody on the list of a private room; nobody for a public one. */
  members: readonly Member[];
  /** Other ways to sign in again than by password. */
  providers: Provider[];
  /** The navigation between rooms, streamed by the server. */
  rooms: ReactNode;
}

/** A room: rooms · transcript · people; on a phone the outer two are sheets. */
export function RoomScreen(props: RoomScreenProps) {
  const { room, account, partyHost } = props;
  useEffect(() => void loadMarkdown(), []);
  const [options] = useState({
    room: room.id,
    partyHost,
    me: {
      id: account.id,
      name: account.name,
      ...(account.picture && { picture: account.picture }),
    },
  });
  return (
    <RoomProvider options={options}>
      <FollowAccount />
      <TabBadge />
      <TalkProvider>
        <FollowLink />
        <SignInAgain room={room.id} email={account.email} providers={props.providers}>
          <MembersProvider members={props.members}>
            <KnownNamesProvider>
              <RoomLayout {...props} />
            </KnownNamesProvider>
          </MembersProvider>
        </SignInAgain>
      </TalkProvider>
    </RoomProvider>
  );
}

function RoomLayout({ room, account, rooms, panels: kept }: RoomScreenProps) {
  const [panels, setPanels] = useState(kept);
  const [sheet, setSheet] = useState<Panel | null>(null);

  function toggle(panel: Panel) {
    const next = { ...panels, [panel]: !panels[panel] };
    setPanels(next);
    keepPanels(next);
  }

  function divider(panel: Panel) {
    if (!panels[panel]) return null;
    return (
      <PanelDivider
        panel={panel}
        controls={`${panel}-panel`}
        width={panels.widths[panel]}
        onWidth={(width, done) => {
          const next = { ...panels, widths: { ...panels.widths, [panel]: width } };
          setPanels(next);
          if (done) keepPanels(next);
        }}
      />
    );
  }

  const people = room.visibility === "private" && (
    <>
      <AddPerson room={room.id} />
      <LeaveRoom room={room.id} name={room.name} person={account.id} />
    </>
  );
  // Positioned: words for screen readers alone would else stretch the page below the window.
  const aside = "relative shrink-0 overflow-y-auto overscroll-contain bg-sunken py-4";
  const title = "px-5 pb-2 text-fine font-semibold text-quiet";
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <SkipLink />
      <RoomHeader
        room={room}
        account={account}
        panels={panels}
        onToggle={toggle}
        onSheet={setSheet}
      />
      <div className="flex min-h-0 flex-1">
        <div
          id="rooms-panel"
          data-region="rooms"
          style={{ width: panels.widths.rooms }}
          className={cx(aside, "hidden", panels.rooms && "lg:block")}
        >
          {rooms}
        </div>
        <main id="main" className="relative flex min-w-0 flex-1 flex-col">
          <RoomNotices />
          <Transcript />
          <div className="pr-[env(safe-area-inset-right)] pb-[max(0.25rem,env(safe-area-inset-bottom))] pl-[env(safe-area-inset-left)]">
            <TalkNotice />
            <Composer room={room.id} name={room.name} person={account.id} />
            <TypingLine />
          </div>
          {/* Last, so that nobody passes them on the way to the messages. */}
          {divider("rooms")}
          {divider("people")}
        </main>
        {/* Scrolls, and holds nothing else that takes the keyboard. */}
        <aside
          id="people-panel"
          data-region="people"
          aria-label="People"
          style={{ width: panels.widths.people }}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className={cx(aside, "hidden", panels.people && "lg:block")}
        >
          <h2 className={title}>People</h2>
          <PeopleList />
          {people}
        </aside>
      </div>
      <GettingAbout room={room.id} />
      <Notifications room={room.id} name={room.name} />
      <Sheet open={sheet === "rooms"} onClose={() => setSheet(null)} title="Rooms">
        {rooms}
      </Sheet>
      <Sheet open={sheet === "people"} onClose={() => setSheet(null)} title="People" side="right">
        <PeopleList />
        {people}
      </Sheet>
    </div>
  );
}
