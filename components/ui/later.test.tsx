import type * as React from "react";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { later } from "./later";

// There is no document here: what is drawn first asks for the code at once.
vi.mock("react", async (original) => ({
  ...(await original<typeof React>()),
  useEffect: (effect: () => void) => effect(),
}));

it("begins as the server drew it, also in a part that is hydrated when the code is here", async () => {
  const load = vi.fn(() => Promise.resolve(() => <button>Mute</button>));
  const Later = later(load);
  const drawn = () => renderToString(<Later waiting={<i>…</i>} missing={null} />);
  expect(drawn()).toBe("<i>…</i>");
  await load.mock.results[0]?.value;
  expect(drawn()).toBe("<i>…</i>");
  expect(load, "the code was here by then").toHaveBeenCalledTimes(1);
});
