/** Lets a textarea be as high as its text where CSS `field-sizing` is not known (Firefox, 2025). */
export function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
