import type { MessageFate as Fate } from "@/lib/client/account-changes";

const CHOICES: { value: Fate; name: string; hint: string }[] = [
  {
    value: "keep",
    name: "Leave them, under my name",
    hint: "Conversations stay as they were, with the name you had.",
  },
  {
    value: "anonymise",
    name: "Leave them, without my name",
    hint: "The words stay; nobody reads whose they were. What you wrote about yourself stays too.",
  },
  {
    value: "erase",
    name: "Take the words away",
    hint: "Each of your messages says that it was deleted. Answers to them stay.",
  },
];

/** What becomes of what somebody wrote when they go. */
export function MessageFate() {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-small font-medium">What becomes of your messages?</legend>
      {CHOICES.map(({ value, name, hint }) => (
        <label
          key={value}
          className="grid cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-house border border-strong bg-surface px-3 py-2.5 hover:bg-hover has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-accent-ink"
        >
          <input
            type="radio"
            name="messages"
            value={value}
            defaultChecked={value === "keep"}
            className="size-4 outline-none"
          />
          <span className="text-small font-semibold">{name}</span>
          <span className="col-start-2 text-small text-soft">{hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
