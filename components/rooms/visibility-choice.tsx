import type { Visibility } from "./visibility";

const CHOICES: { value: Visibility; name: string; hint: string }[] = [
  { value: "public", name: "Public", hint: "Everybody who is signed in may come in." },
  {
    value: "invite",
    name: "Invite-only",
    hint: "Everybody sees that it is there; people come in by invitation.",
  },
  {
    value: "private",
    name: "Private",
    hint: "Nobody sees it but the people who are in it.",
  },
];

/** Who may come in, as radio buttons with a sentence each. */
export function VisibilityChoice() {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-small font-medium text-soft">Who may come in</legend>
      {CHOICES.map(({ value, name, hint }) => (
        <label
          key={value}
          className="grid cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-house border border-line px-3 py-2.5 hover:bg-hover has-checked:border-strong has-checked:bg-surface has-focus-visible:outline-2 has-focus-visible:outline-accent-ink"
        >
          <input
            type="radio"
            name="visibility"
            value={value}
            defaultChecked={value === "public"}
            className="size-4 outline-none"
          />
          <span className="text-small font-semibold">{name}</span>
          <span className="col-start-2 text-small text-soft">{hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
