import { memo, useState } from "react";
import { useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { useHidden } from "../people/hidden";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { clockTime, fullDate } from "../ui/format";
import { later } from "../ui/later";
import { hueClass } from "../ui/person";
import { MessageLine } from "./message-line";

const HiddenMessages = later(() => import("./hidden-messages").then((file) => file.HiddenMessages));

/** What was just said fades in; the past is simply there. */
const FRESH_MS = 10_000;
const isFresh = (ts: number, now: number): boolean => Math.abs(now - ts) < FRESH_MS;

/** Messages of one person in a row: face, name and time once, then the texts. */
export const MessageGroup = memo(
  function MessageGroup({ messages }: { messages: readonly MessageView[] }) {
    const first = messages[0];
    const { ids, shown } = useHidden();
    const client = useRoomClient();
    const [arrives] = useState(
      () => first !== undefined && isFresh(first.ts, Date.now() - client.getSnapshot().ahead),
    );
    if (!first) return null;
    const { user, ts, mine } = first;
    if (ids.has(user.id) && !shown.has(first.key))
      return <HiddenMessages messages={messages} missing={null} />;
    return (
      <div className={cx("flex gap-3 pt-5", arrives && "fade-in")}>
        <Avatar person={user} className="mt-0.5" />
        <div className="min-w-0 flex-1">
          {/* Said by the name of each message already. */}
          <p aria-hidden="true" className="flex items-baseline gap-2">
            <bdi className={cx(hueClass(user.id), "truncate font-semibold text-person")}>
              {user.name}
            </bdi>
            {mine && <span className="text-fine text-quiet">you</span>}
            <time
              dateTime={new Date(ts).toISOString()}
              title={fullDate(ts)}
              className="tabular shrink-0 text-fine text-quiet"
            >
              {clockTime(ts)}
            </time>
          </p>
          {messages.map((message, index) => (
            <MessageLine key={message.key} message={message} first={index === 0} />
          ))}
        </div>
      </div>
    );
  },
  // Groups are made anew with each snapshot; the messages in them keep their identity.
  (one, other) =>
    one.messages.length === other.messages.length &&
    one.messages.every((message, index) => message === other.messages[index]),
);
