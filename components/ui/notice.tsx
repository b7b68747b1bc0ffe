import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { cx } from "./cx";

const looks = {
  info: { box: "bg-accent-wash", ink: "text-accent-ink", Icon: Info },
  warn: { box: "bg-warn-wash", ink: "text-warn", Icon: TriangleAlert },
  danger: { box: "bg-danger-wash", ink: "text-danger", Icon: CircleAlert },
};

/** A sentence that belongs where it stands: what happened, what is kept, what to do. */
export function Notice({
  look = "info",
  role,
  children,
  action,
  className,
}: {
  look?: keyof typeof looks;
  role?: "alert" | "status" | undefined;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const { box, ink, Icon } = looks[look];
  return (
    <div
      className={cx(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-house px-3 py-2 text-small text-ink forced-colors:border",
        box,
        className,
      )}
    >
      <Icon aria-hidden="true" className={cx("size-4 shrink-0", ink)} />
      <div role={role} className="min-w-0 flex-1 basis-48 break-words">
        {children}
      </div>
      {action}
    </div>
  );
}
