"use client";

import { useRoom } from "@/lib/client/react";
import type { Role } from "@/lib/protocol/values";
import { faceOf, type Visibility, VISIBILITY_WORDS } from "../rooms/visibility";
import type { Account } from "../shell/account-menu";
import { AccountMenu } from "../shell/account-menu";
import { AppLink } from "../ui/app-link";
import { Avatar } from "../ui/avatar";
import { IconButton } from "../ui/button";
import { Icon, LOCK, MENU, PANEL_LEFT, PANEL_RIGHT, USERS } from "../ui/icon";
import { later } from "../ui/later";
import { Mark } from "../ui/mark";
import { ConnectionStatus } from "./connection-status";
import { LeaseRing } from "./lease-ring";
import type { Panel, Panels } from "./panels";

const AvatarStack = later(() => import("../people/avatar-stack").then((file) => file.AvatarStack));

export interface RoomFacts {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
  archived: boolean;
  /** Between two people, and called by the other one's name. */
  direct: boolean;
  other: { id: string; picture: string | null } | null;
  /** As the server knew it when the page was drawn. */
  muted: boolean;
  /** The role on the room's list, likewise: in an archived room the party calls everybody a reader. */
  standing: Role;
}

/** Where one is, with whom, and whether the line holds. */
export function RoomHeader({
  room,
  account,
  panels,
  onToggle,
  onSheet,
}: {
  room: RoomFacts;
  account: Account;
  panels: Panels;
  onToggle: (panel: Panel) => void;
  onSheet: (panel: Panel) => void;
}) {
  const { name, topic, archived } = useRoom((view) => ({
    name: view.settings.name ?? room.name,
    topic: view.settings.topic === undefined ? room.topic : view.settings.topic,
    archived: view.settings.archived ?? room.archived,
  }));
  const door = (
    <IconButton label="People" className="lg:hidden" onClick={() => onSheet("people")}>
      <Icon d={USERS} className="size-5" />
    </IconButton>
  );
  return (
    <header className="flex h-16 shrink-0 items-center gap-2 border-b border-line pt-[env(safe-area-inset-top)] pr-4 pl-2 box-content sm:pr-5 sm:pl-4">
      <IconButton label="Rooms" className="lg:hidden" onClick={() => onSheet("rooms")}>
        <Icon d={MENU} className="size-5" />
      </IconButton>
      <AppLink
        href="/rooms"
        aria-label="All rooms"
        title="All rooms"
        className="target inline-flex items-center justify-center rounded-house hover:bg-hover max-lg:hidden"
      >
        <Mark />
      </AppLink>
      <IconButton
        label={panels.rooms ? "Hide rooms" : "Show rooms"}
        aria-expanded={panels.rooms}
        className="max-lg:hidden"
        onClick={() => onToggle("rooms")}
      >
        <Icon d={PANEL_LEFT} className="size-5" />
      </IconButton>
      {room.direct && <Avatar person={faceOf(room)} className="lg:ml-2" />}
      <div className="min-w-0 flex-1 lg:pl-2">
        <h1 className="flex items-center gap-2 text-body font-semibold">
          <bdi className="truncate">{name}</bdi>
          {room.visibility !== "public" && !room.direct && (
            <>
              <Icon d={LOCK} className="size-3.5 shrink-0 text-quiet" />
              <span className="sr-only">({VISIBILITY_WORDS[room.visibility]})</span>
            </>
          )}
          {archived && <span className="text-fine font-medium text-quiet">archived</span>}
        </h1>
        {room.direct && <p className="text-small text-quiet max-sm:hidden">Between you two</p>}
        {topic && <p className="truncate text-small text-quiet max-sm:hidden">{topic}</p>}
      </div>
      <AvatarStack onOpen={() => onSheet("people")} waiting={door} missing={door} />
      <IconButton
        label={panels.people ? "Hide people" : "Show people"}
        aria-expanded={panels.people}
        className="max-lg:hidden"
        onClick={() => onToggle("people")}
      >
        <Icon d={PANEL_RIGHT} className="size-5" />
      </IconButton>
      <div className="ml-1 flex items-center gap-3 sm:ml-3 sm:gap-4">
        <ConnectionStatus />
        <AccountMenu account={account} button={<LeaseRing person={account} />} />
      </div>
    </header>
  );
}
