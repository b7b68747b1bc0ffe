import { expect, it } from "vitest";
import { PANEL_PX, parsePanels } from "./panels";

const usual = { rooms: PANEL_PX.usual, people: PANEL_PX.usual };

it.each([
  [undefined, { rooms: true, people: true, widths: usual }],
  ["-", { rooms: false, people: false, widths: usual }],
  ["-r", { rooms: true, people: false, widths: usual }],
  ["-rp", { rooms: true, people: true, widths: usual }],
  ["-p.200.320", { rooms: false, people: true, widths: { rooms: 200, people: 320 } }],
  ["-rp.1.9999", { rooms: true, people: true, widths: { rooms: 176, people: 400 } }],
  ["<script>", { rooms: true, people: true, widths: usual }],
])("the cookie %j shows %j", (cookie, panels) => expect(parsePanels(cookie)).toEqual(panels));
