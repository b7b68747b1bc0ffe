import { expect, it } from "vitest";
import { parsePanels } from "./panels";

it.each([
  [undefined, { rooms: true, people: true }],
  ["-", { rooms: false, people: false }],
  ["-r", { rooms: true, people: false }],
  ["-rp", { rooms: true, people: true }],
  ["<script>", { rooms: true, people: true }],
])("the cookie %j shows %j", (cookie, panels) => expect(parsePanels(cookie)).toEqual(panels));
