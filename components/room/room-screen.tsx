"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { RoomProvider } from "@/lib/client/react";
import { HiddenProvider } from "../people/hidden";
import type { Member } from "../people/members";
import { MembersProvider } from "../people/members";
import type { Provider } from "../auth/provider-buttons";
import type { Account } from "../shell/account-menu";
import { later } from "../ui/later";
import { KnownNamesProvider } from "./known-names";
import type { Panels } from "./panels";
import type { RoomFacts } from "./room-header";
import { RoomLayout } from "./room-layout";
import { SignInAgain } from "./sign-in-again";
import { TalkProvider } from "./talk";

const Errands = later(() => import("./errands").then((file) => file.Errands));

export interface RoomScreenProps {
  room: RoomFacts;
  account: Account;
  /** Host of the party, from the app's settings at run time. */
  partyHost: string;
  panels: Panels;
  /** Everybody on the list of a private room; nobody for a public one. */
  members: readonly Member[];
  /** Whom this person does not want to see, by id. */
  hidden: readonly string[];
  /** Other ways to sign in again than by password. */
  providers: Provider[];
  /** The navigation between rooms, streamed by the server. */
  rooms: ReactNode;
}

/** A room: rooms · transcript · people; on a phone the outer two are sheets. */
export function RoomScreen(props: RoomScreenProps) {
  const { room, account, partyHost } = props;
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
      <HiddenProvider hidden={props.hidden}>
        <TalkProvider>
          <Errands room={room} missing={null} />
          <SignInAgain room={room.id} email={account.email} providers={props.providers}>
            <MembersProvider members={props.members}>
              <KnownNamesProvider>
                <RoomLayout {...props} />
              </KnownNamesProvider>
            </MembersProvider>
          </SignInAgain>
        </TalkProvider>
      </HiddenProvider>
    </RoomProvider>
  );
}
