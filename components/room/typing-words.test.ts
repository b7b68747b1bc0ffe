import { expect, it } from "vitest";
import { typingWords } from "./typing-words";

it.each([
  [[], ""],
  [["Ada"], "Ada is typing"],
  [["Ada", "Grace"], "Ada and Grace are typing"],
  [["Ada", "Grace", "Linus"], "Ada and 2 others are typing"],
])("%j: %j", (names, words) => expect(typingWords(names)).toBe(words));
