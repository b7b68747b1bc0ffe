import type { Metadata } from "next";
import { getAccounts } from "@/lib/accounts/libsql";
import { requireUser } from "@/lib/auth/session";
import { DeleteAccount } from "@/components/account/delete-account";
import { ExportData } from "@/components/account/export-data";
import { HiddenList } from "@/components/account/hidden-list";
import { KeyboardSettings } from "@/components/account/keyboard-settings";
import { NameForm } from "@/components/account/name-form";
import { NotificationSettings } from "@/components/account/notification-settings";
import { PasswordForm } from "@/components/account/password-form";
import { SessionsList } from "@/components/auth/sessions-list";
import { PageShell } from "@/components/shell/page-shell";
import { SettingsSection } from "@/components/shell/settings-section";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { Avatar } from "@/components/ui/avatar";
import { ThemeSwitch } from "@/components/ui/theme-switch";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const user = await requireUser("/settings");
  return (
    <PageShell account={user}>
      <h1 className="display mb-8 text-display">Settings</h1>
      <SettingsSection id="you" title="You" hint="How others see you in every room.">
        <div className="mb-5 flex items-center gap-4">
          <Avatar person={user} size="large" />
          <dl className="min-w-0">
            <dt className="sr-only">Name</dt>
            <dd className="truncate font-semibold">
              <bdi>{user.name}</bdi>
            </dd>
            <dt className="sr-only">Email</dt>
            <dd className="truncate text-small text-quiet">
              {user.email} <span>(only you see this)</span>
            </dd>
          </dl>
        </div>
        <NameForm name={user.name} />
      </SettingsSection>
      {user.hasPassword && (
        <SettingsSection
          id="password"
          title="Password"
          hint="Changing it signs you out everywhere else, and closes the rooms there."
        >
          <PasswordForm email={user.email} />
        </SettingsSection>
      )}
      <SettingsSection id="theme" title="Theme" hint="Kept in this browser.">
        <ThemeSwitch />
      </SettingsSection>
      <SettingsSection
        id="notifications"
        title="Notifications"
        hint="Off until you ask for them. Kept in this browser."
      >
        <NotificationSettings />
      </SettingsSection>
      <SettingsSection id="keyboard" title="Keyboard" hint="Kept in this browser.">
        <KeyboardSettings />
      </SettingsSection>
      <SettingsSection
        id="sign-ins"
        title="Where you’re signed in"
        hint="Ending one closes its rooms at once. Signing out everywhere ends this one too."
      >
        <SessionsList />
      </SettingsSection>
      <SettingsSection id="leave" title="Leave" hint="Ends your sign-in in this browser.">
        <SignOutButton />
      </SettingsSection>
      <SettingsSection
        id="hidden"
        title="Hidden people"
        hint="What they say is folded away for you, and you two write nothing to each other. A person’s line in a room has the way to hide them."
      >
        <HiddenList initial={await getAccounts().hidden.list(user.id)} />
      </SettingsSection>
      <SettingsSection
        id="data"
        title="Your data"
        hint="Everything this place keeps of you, to take along. Others’ messages are not in it."
      >
        <ExportData />
      </SettingsSection>
      <SettingsSection
        id="delete"
        title="Delete account"
        hint={
          user.hasPassword
            ? "Asks for your password."
            : "Works within ten minutes of a fresh sign-in."
        }
      >
        <DeleteAccount hasPassword={user.hasPassword} />
      </SettingsSection>
    </PageShell>
  );
}
