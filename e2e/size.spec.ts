import { bytesOver } from "../scripts/lib/page-bytes.mjs";
import { expect, test } from "./fixtures";

const BUDGET_BYTES = 45 * 1024;

test("a room page needs 45 KB of scripts at most beside those of a page with nothing on it, compressed", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const html = async (address: string) => (await ada.context.request.get(address)).text();
  const { bytes, table } = bytesOver(
    await html("/no-such-page"),
    await html(`/rooms/${await room(ada)}`),
  );
  expect(bytes, `${bytes} bytes in\n${table}`).toBeGreaterThan(1_024);
  expect(bytes, `${bytes} bytes in\n${table}`).toBeLessThanOrEqual(BUDGET_BYTES);
});
