import { STATUS_WORDS } from "../../people/status-sign";
import { Avatar } from "../../ui/avatar";
import { cx } from "../../ui/cx";
import type { Option } from "./options";
import { type Completion, optionId } from "./use-completion";

const NAMES = { person: "People to mention", emoji: "Emoji" };

/** The options above the field; the field says which one is active. */
export function CompletionList({ completion }: { completion: Completion | null }) {
  if (!completion) return null;
  const { listId, kind, options, active, choose } = completion;
  return (
    <div className="absolute inset-x-4 bottom-full z-10 mb-2 max-w-80 rounded-house border border-line bg-surface p-1 shadow-float sm:inset-x-6">
      <ul id={listId} role="listbox" aria-label={NAMES[kind]}>
        {options.map((option, index) => (
          // The keyboard is the field's: it moves through the list without leaving the text.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={option.key}
            id={optionId(listId, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // The press must not take the focus from the field.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
            className={cx(
              "flex min-h-9 cursor-pointer items-center gap-3 rounded-[6px] px-2.5 py-1 text-small pointer-coarse:min-h-11",
              index === active
                ? "bg-hover text-ink outline-2 -outline-offset-2 outline-accent-ink"
                : "hover:bg-hover/60",
            )}
          >
            <OptionWords option={option} />
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {options.length === 1 ? "1 suggestion." : `${options.length} suggestions.`} Up and down
        choose, Enter takes.
      </p>
    </div>
  );
}

function OptionWords({ option }: { option: Option }) {
  if (option.kind === "emoji") {
    return (
      <>
        <span aria-hidden="true" className="w-6 shrink-0 text-center text-title">
          {option.text.trim()}
        </span>
        <span className="min-w-0 truncate">:{option.name}:</span>
      </>
    );
  }
  return (
    <>
      <Avatar person={option.person} size="small" />
      <bdi className="min-w-0 flex-1 truncate">{option.person.name}</bdi>
      {option.status !== "active" && (
        <span className="text-fine text-quiet">{STATUS_WORDS[option.status]}</span>
      )}
    </>
  );
}
