"use client";

import { useState } from "react";
import { PeopleSkeleton } from "../people/people-skeleton";
import { SkipLink } from "../shell/skip-link";
import { cx } from "../ui/cx";
import { DidNotArrive } from "../ui/did-not-arrive";
import { later } from "../ui/later";
import { Composer } from "./composer";
import { GettingAbout } from "./getting-about";
import type { Panel } from "./panels";
import { keepPanels } from "./panels";
import { RoomHeader } from "./room-header";
import { RoomNotices } from "./room-notices";
import type { RoomScreenProps } from "./room-screen";
import { Transcript } from "./transcript";

const People = later(() => import("../people/people-list").then((file) => file.PeopleList));
const RoomKeeping = later(() => import("../people/room-keeping").then((file) => file.RoomKeeping));
const PanelDivider = later(() => import("./panel-divider").then((file) => file.PanelDivider));
const Sheet = later(() => import("../ui/sheet").then((file) => file.Sheet));
const ApartNotice = later(() => import("./apart-notice").then((file) => file.ApartNotice));
const TypingLine = later(() => import("./typing-line").then((file) => file.TypingLine));
const TalkNotice = later(() => import("./talk-notice").then((file) => file.TalkNotice));

/** rooms · transcript · people; on a phone the outer two are sheets. */
export function RoomLayout({ room, account, rooms, panels: kept }: RoomScreenProps) {
  const [panels, setPanels] = useState(kept);
  const [sheet, setSheet] = useState<Panel | null>(null);
  /** Sheets that were opened once: they stay, closed, and so give the focus back. */
  const [used, setUsed] = useState<readonly Panel[]>([]);

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
        waiting={<Edge panel={panel} />}
        missing={<Edge panel={panel} />}
        onWidth={(width, done) => {
          const next = { ...panels, widths: { ...panels.widths, [panel]: width } };
          setPanels(next);
          if (done) keepPanels(next);
        }}
      />
    );
  }

  function openSheet(panel: Panel) {
    setSheet(panel);
    setUsed((before) => [...before.filter((one) => one !== panel), panel]);
  }

  function sheetProps(panel: Panel) {
    // One that closes late must not take the next one with it.
    const onClose = () => setSheet((now) => (now === panel ? null : now));
    const again = () => {
      setSheet(null);
      setUsed([]);
    };
    return { open: sheet === panel, onClose, missing: <DidNotArrive onClose={again} /> };
  }

  const people = <RoomKeeping room={room} person={account.id} missing={null} />;
  const list = (
    <People
      waiting={<PeopleSkeleton />}
      missing={
        <p role="alert" className="px-4 text-small text-quiet">
          The list did not arrive. Close it and open it again.
        </p>
      }
    />
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
        onSheet={openSheet}
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
            <TalkNotice missing={null} />
            {room.direct && <ApartNotice room={room} missing={null} />}
            <Composer room={room.id} name={room.name} person={account.id} />
            <TypingLine waiting={<p className="h-6" />} missing={<p className="h-6" />} />
          </div>
          {/* Last, so that nobody passes them on the way to the messages. */}
          {divider("rooms")}
          {divider("people")}
        </main>
        {/* Scrolls, and may hold nothing else that takes the keyboard. */}
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
          {list}
          {people}
        </aside>
      </div>
      <GettingAbout room={room.id} />
      {used.includes("rooms") && (
        <Sheet title="Rooms" {...sheetProps("rooms")}>
          {rooms}
        </Sheet>
      )}
      {used.includes("people") && (
        <Sheet title="People" side="right" {...sheetProps("people")}>
          {list}
          {people}
        </Sheet>
      )}
    </div>
  );
}

/** The edge of a side column before it can be moved. */
function Edge({ panel }: { panel: Panel }) {
  const side = panel === "rooms" ? "left-0" : "right-0";
  return <div className={cx("absolute inset-y-0 z-10 hidden w-px bg-line lg:block", side)} />;
}
