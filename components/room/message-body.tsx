"use client";

import type { MessageView } from "@/lib/client/types";
import { cx } from "../ui/cx";
import { fullDate } from "../ui/format";
import { later } from "../ui/later";
import { Fold } from "./fold";
import { isLong } from "./long";
import { MessageText } from "./message-text";
import { useTalkState } from "./talk";
import { tombstone } from "./talk-words";

const EditField = later(() => import("./edit-field").then((file) => file.EditField));

/** The words of a message, or the field in which its author changes them. */
export function MessageBody({ message }: { message: MessageView }) {
  return message.mine && message.seq !== undefined ? (
    <OwnWords message={message} seq={message.seq} />
  ) : (
    <Words message={message} />
  );
}

/** Apart, because only one's own messages wait for being edited. */
function OwnWords({ message, seq }: { message: MessageView; seq: number }) {
  const editing = useTalkState((state) => (state.editing?.seq === seq ? state.editing : null));
  if (!editing) return <Words message={message} />;
  const words = <Words message={message} />;
  return (
    <EditField seq={seq} text={editing.text ?? message.text} waiting={words} missing={words} />
  );
}

function Words({ message }: { message: MessageView }) {
  const { user, seq, text, state, deleted, deletedBy, deletedReason, editedAt, changing } = message;
  if (deleted) {
    return <p className="text-quiet italic">{tombstone(user.id, deletedBy, deletedReason)}</p>;
  }
  return (
    <div className={cx(state === "pending" || changing ? "text-quiet" : "text-ink")}>
      {isLong(text) ? (
        <Fold seq={seq}>
          <MessageText text={text} />
        </Fold>
      ) : (
        <MessageText text={text} />
      )}
      {editedAt !== undefined && (
        <span className="text-fine text-quiet" title={fullDate(editedAt)}>
          edited<span className="sr-only"> {fullDate(editedAt)}</span>
        </span>
      )}
    </div>
  );
}
