/** Any sign that Markdown gives a meaning to; most messages have none and need no parser. */
const MARKUP = /[*_`~[\\<]|^[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/mu;
/** Quotes and lists in each other: so many marks before the first word of a line. */
const DEEP = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){9}/mu;
const FENCED = /^(```|~~~)[\s\S]*?^\1/gmu;
const SIGNS = /[*_~[\]<>`]|^[ \t]*[-+\d]/gmu;
/** What a person writes has a tenth of this; what is made to keep a parser busy has ten times it. */
const MAX_SIGNS = 500;

/** True where a message is worth parsing: it has markup, and no more of it than anybody would write. */
export function worthParsing(text: string): boolean {
  if (!MARKUP.test(text) || DEEP.test(text)) return false;
  if (text.length < MAX_SIGNS) return true;
  return (text.replace(FENCED, "$1").match(SIGNS)?.length ?? 0) <= MAX_SIGNS;
}
