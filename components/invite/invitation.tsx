import type { Account } from "../shell/account-menu";
import { PageShell } from "../shell/page-shell";
import { Avatar } from "../ui/avatar";
import { JoinRoom } from "./join-room";

const GIVES = {
  reader: "You read along there; writing is for others.",
  member: "You come in as a member: you read and write.",
  moderator: "You come in as a moderator: you also keep order there.",
  owner: "You come in as an owner.",
};

/** Where an invitation leads, before one takes it up. */
export function Invitation({
  account,
  code,
  room,
  role,
  from,
}: {
  account: Account;
  code: string;
  room: { name: string; topic: string | null };
  role: keyof typeof GIVES;
  /** Who sent it, where they may be named. */
  from: { id: string; name: string; picture: string | null } | null;
}) {
  return (
    <PageShell account={account}>
      <div className="grid max-w-xl grid-cols-1 gap-4 pt-[8vh]">
        {from ? (
          <p className="flex items-center gap-2 text-small text-soft">
            <Avatar person={from} size="small" />
            <span className="min-w-0">
              <bdi className="font-medium break-words text-ink">{from.name}</bdi> invites you to
            </span>
          </p>
        ) : (
          <p className="text-small font-medium text-soft">You’re invited to</p>
        )}
        <h1 className="display text-display break-words">
          <bdi>{room.name}</bdi>
        </h1>
        {room.topic && (
          <p className="text-body break-words text-soft">
            <bdi>{room.topic}</bdi>
          </p>
        )}
        <p className="text-soft">{GIVES[role]}</p>
        <p className="text-small text-quiet">
          You’d join as <bdi className="font-medium text-soft">{account.name}</bdi>. Others in the
          room see your name, and not your email.
        </p>
        <div className="mt-3">
          <JoinRoom code={code} room={room.name} />
        </div>
      </div>
    </PageShell>
  );
}
