import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getAccounts } from "@/lib/accounts/libsql";
import { peoplePage } from "@/lib/api/admin";
import { type CurrentUser, requireUser } from "@/lib/auth/session";
import { PeopleSearch } from "@/components/admin/people-search";
import { PeopleTable } from "@/components/admin/people-table";
import { PageShell } from "@/components/shell/page-shell";

export const metadata: Metadata = { title: "People" };

type Search = Promise<Record<string, string | string[] | undefined>>;

const MAX_SEARCH_CHARACTERS = 100;

/** The people with an account, for admins; for everybody else there is no such page. */
export default async function AdminPage({ searchParams }: { searchParams: Search }) {
  const user = await requireUser("/admin");
  if (!user.admin) notFound();
  const given = await searchParams;
  const search = textOf(given.search).trim().slice(0, MAX_SEARCH_CHARACTERS);
  const after = textOf(given.after);
  const query = new URLSearchParams({ search, ...(after && { after }) });
  const { people, next } = await look(user, query);
  return (
    <PageShell account={user}>
      <h1 className="display mb-6 text-display">People</h1>
      <PeopleSearch search={search} after={after} next={next} count={people.length}>
        <PeopleTable people={people} me={user.id} />
      </PeopleSearch>
    </PageShell>
  );
}

const look = (user: CurrentUser, query: URLSearchParams) =>
  peoplePage(getAccounts(), user, query, Date.now());

const textOf = (value: string | string[] | undefined): string =>
  typeof value === "string" ? value : "";
