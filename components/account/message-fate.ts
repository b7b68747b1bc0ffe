/** What becomes of what somebody wrote when they go. */
export const MESSAGE_FATE_CHOICE = {
  legend: "What becomes of your messages?",
  name: "messages",
  lines: [
    {
      value: "keep",
      label: "Leave them, under my name",
      hint: "Conversations stay as they were, with the name you had.",
    },
    {
      value: "anonymise",
      label: "Leave them, without my name",
      hint: "The words stay; nobody reads whose they were. What you wrote about yourself stays too.",
    },
    {
      value: "erase",
      label: "Take the words away",
      hint: "Each of your messages says that it was deleted. Answers to them stay.",
    },
  ],
} as const;
