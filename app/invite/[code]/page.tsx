import type { Metadata } from "next";
import { forbidden, notFound, redirect } from "next/navigation";
import { getAccounts } from "@/lib/accounts/libsql";
import { findInvite } from "@/lib/api/invites";
import { requireUser } from "@/lib/auth/session";
import { Invitation } from "@/components/invite/invitation";

// The address is the key: no other site is told of it.
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** Where an invitation leads. Looking uses nothing up; only pressing "Join" does. */
export default async function InvitePage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const user = await requireUser(`/invite/${code}`);
  const found = await look(user.id, code);
  if (found === "not_found") notFound();
  if ("ban" in found) forbidden();
  if (found.member) redirect(`/rooms/${found.room.id}`);
  return <Invitation account={user} code={code} {...found} />;
}

const look = (id: string, code: string) => findInvite(getAccounts(), { id }, code, Date.now());
