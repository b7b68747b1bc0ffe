import { messageField } from "./message-field";

/** Writes "@Name " where the cursor stands in the message field, as if it had been typed. */
export function mention(name: string): void {
  const field = messageField();
  if (!field || field.readOnly) return;
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  const gap = before === "" || /\s$/u.test(before) ? "" : " ";
  field.setRangeText(`${gap}@${name} `, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
