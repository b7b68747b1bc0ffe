import type { ReactNode } from "react";
import Link from "next/link";
import { Button, buttonClass } from "../ui/button";
import { Field } from "../ui/field";

/** Looks for people by name or address, a page at a time; all of it is in the address of the page. */
export function PeopleSearch({
  search,
  after,
  next,
  count,
  children,
}: {
  search: string;
  after: string;
  next: string | null;
  count: number;
  children: ReactNode;
}) {
  const page = (more: Record<string, string>) => {
    const query = new URLSearchParams({ ...(search && { search }), ...more }).toString();
    return query ? `/admin?${query}` : "/admin";
  };
  return (
    <>
      <form action="/admin" role="search" className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-56 sm:max-w-sm">
          <Field
            key={search}
            id="people-search"
            name="search"
            type="search"
            label="Name or email"
            defaultValue={search}
            autoComplete="off"
            maxLength={100}
          />
        </div>
        <Button type="submit">Search</Button>
        {search && (
          <Link href="/admin" className={buttonClass("quiet")}>
            Everybody
          </Link>
        )}
      </form>
      <div className="mt-6">
        {count > 0 ? (
          children
        ) : (
          <p className="border-y border-line py-8 text-soft">
            {search ? `Nobody whose name or email holds “${search}”.` : "Nobody further on."}
          </p>
        )}
      </div>
      {(after || next) && (
        <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3">
          {after && (
            <Link href={page({})} className={buttonClass("plain", true)}>
              First page
            </Link>
          )}
          {next && (
            <Link href={page({ after: next })} className={buttonClass("plain", true)}>
              Next page
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
