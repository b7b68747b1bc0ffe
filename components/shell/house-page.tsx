import type { ReactNode } from "react";
import Link from "next/link";
import { Wordmark } from "../ui/mark";

/** Not found, not allowed, broken: a page of the same house, with a way on. */
export function HousePage({
  title,
  menu,
  children,
  actions,
}: {
  title: string;
  /** The way to one's account, where it is known whose page this is. */
  menu?: ReactNode;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <div className="safe-x flex min-h-dvh flex-col justify-between gap-12 py-6 sm:px-10">
      <header className="flex items-center justify-between gap-4">
        <Link
          href="/rooms"
          className="inline-block rounded-house"
          aria-label="Guestlist, all rooms"
        >
          <Wordmark />
        </Link>
        {menu}
      </header>
      <main className="grid max-w-xl grid-cols-1 gap-4 pb-[18vh]">
        <h1 className="display text-display">{title}</h1>
        <div className="grid grid-cols-1 gap-3 break-words text-soft">{children}</div>
        <div className="mt-3 flex flex-wrap gap-3">{actions}</div>
      </main>
    </div>
  );
}
