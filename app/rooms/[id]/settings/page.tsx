import type { Metadata } from "next";
import Link from "next/link";
import { forbidden } from "next/navigation";
import { getAccounts } from "@/lib/accounts/libsql";
import { roomSummary } from "@/lib/party-api/rooms";
import { may } from "@/lib/room/permissions";
import { LeaveRoom } from "@/components/people/leave-room";
import { AboutForm } from "@/components/room-settings/about-form";
import { BansList } from "@/components/room-settings/bans-list";
import { Endings } from "@/components/room-settings/endings";
import type { RoomToKeep } from "@/components/room-settings/facts";
import { Invites } from "@/components/room-settings/invites";
import { LogList } from "@/components/room-settings/log-list";
import { MembersList } from "@/components/room-settings/members-list";
import { ReportsList } from "@/components/room-settings/reports-list";
import { RulesForm } from "@/components/room-settings/rules-form";
import { PageShell } from "@/components/shell/page-shell";
import { SettingsSection } from "@/components/shell/settings-section";
import { Notice } from "@/components/ui/notice";
import { enterRoom } from "../access";

const MEMBERS_HINT = {
  public: "Who is on its list, here or not. Everybody else comes in as a member.",
  invite: "Who is on its list, here or not. Nobody else comes in.",
  private: "Who is on its list, here or not. Nobody else comes in.",
};

type Params = Promise<{ id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { room } = await enterRoom((await params).id);
  return { title: `Settings of ${room.name}` };
}

/** What owners and moderators decide about a room; everybody else gets the page that says so. */
export default async function RoomSettingsPage({ params }: { params: Params }) {
  const { user, room, standing } = await enterRoom((await params).id);
  if (!may(standing, "see_reports") || room.direct) forbidden();
  const owner = standing === "owner";
  const { id, name, topic, visibility, archived } = room;
  const [summary, members] = await Promise.all([
    roomSummary(id, undefined),
    getAccounts().rooms.members(id),
  ]);
  const rules = summary && {
    slowSeconds: summary.slowSeconds ?? 0,
    retentionDays: summary.retentionDays ?? null,
  };
  const kept: RoomToKeep = { id, name, topic, visibility, archived, rules, standing };
  const heirs = members
    .filter((one) => one.id !== user.id && one.role !== "owner")
    .map((one) => ({ id: one.id, name: one.name }));
  return (
    <PageShell account={user}>
      <p className="mb-1 text-small">
        <Link href={`/rooms/${id}`} className="text-soft underline underline-offset-2">
          Back to <bdi>{name}</bdi>
        </Link>
      </p>
      <h1 className="display mb-8 text-display">Room settings</h1>
      {archived ? (
        <Notice className="mb-8">
          This room is archived: it can be read, and nothing else. Open it again to change it.
        </Notice>
      ) : (
        <>
          <SettingsSection id="about" title="About" hint="Everybody in the room sees it at once.">
            <AboutForm key={`${name} ${topic} ${visibility}`} room={kept} owner={owner} />
          </SettingsSection>
          <SettingsSection id="rules" title="Rules" hint="The room itself holds to them.">
            {rules ? (
              <RulesForm room={id} rules={rules} owner={owner} />
            ) : (
              <Notice look="warn">
                The room does not answer. Load this page again in a moment.
              </Notice>
            )}
          </SettingsSection>
          <SettingsSection id="members" title="Members" hint={MEMBERS_HINT[visibility]}>
            <MembersList room={id} me={user.id} standing={standing} archived={false} />
          </SettingsSection>
          <SettingsSection
            id="invites"
            title="Invite links"
            hint="Whoever has one comes in, until it ends or is used up."
          >
            <Invites room={id} owner={owner} />
          </SettingsSection>
        </>
      )}
      {archived && (
        <SettingsSection id="members" title="Members" hint="Who is on its list, here or not.">
          <MembersList room={id} me={user.id} standing={standing} archived />
        </SettingsSection>
      )}
      <SettingsSection id="reports" title="Reports" hint="What people asked you to look at.">
        <ReportsList room={id} archived={archived} />
      </SettingsSection>
      <SettingsSection id="bans" title="Bans" hint="Who is kept out. They read your reason.">
        <BansList room={id} />
      </SettingsSection>
      {owner && (
        <SettingsSection
          id="log"
          title="Log"
          hint="Who decided what, when and why. For owners only."
        >
          <LogList room={id} />
        </SettingsSection>
      )}
      {owner && (
        <SettingsSection id="room" title="The room" hint="Each of these is asked once more.">
          <Endings room={kept} heirs={heirs} />
        </SettingsSection>
      )}
      <SettingsSection id="leave" title="Leave" hint="Takes you off its list.">
        <div className="-mx-4">
          <LeaveRoom room={id} name={name} person={user.id} />
        </div>
      </SettingsSection>
    </PageShell>
  );
}
