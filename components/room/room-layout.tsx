"use client";

import { useState } from "react";
import { AddPerson } from "../people/add-person";
import { LeaveRoom } from "../people/leave-room";
import { PeopleList } from "../people/people-list";
import { SkipLink } from "../shell/page-shell";
import { cx } from "../ui/cx";
import { Sheet } from "../ui/sheet";
import { Composer } from "./composer";
import { RoomNotices } from "./connection-banner";
import { GettingAbout } from "./getting-about";
import { PanelDivider } from "./panel-divider";
import type { Panel } from "./panels";
import { keepPanels } from "./panels";
import { RoomHeader } from "./room-header";
import type { RoomScreenProps } from "./room-screen";
import { TalkNotice } from "./talk-notice";
import { Transcript } from "./transcript";
import { TypingLine } from "./typing-line";

/** rooms · transcript · people; on a phone the outer two are sheets. */
export function RoomLayout({ room, account, rooms, panels: kept }: RoomScreenProps) {
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
