import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { hueClass } from "../ui/person";

const ADA = { id: "p-15", name: "Ada Marlow" };
const GRACE = { id: "p-2", name: "Grace Obi" };
const LINUS = { id: "p-4", name: "Linus Falk" };
const YOU = { id: "p-9", name: "You" };

const LINES = [
  { by: ADA, at: "21:36", text: ["The band is on at ten.", "I put you both on the list."] },
  { by: LINUS, at: "21:38", text: ["Ten minutes away. Is the side door still the one?"] },
  { by: GRACE, at: "21:39", text: ["Side door. They look at the list, not at your shoes."] },
  { by: YOU, at: "21:40", text: ["Walking in now."] },
];
const DELAYS = ["", "picture-2", "picture-3", "picture-4"];

/** A room, drawn with the room's own pieces: it fills once, its ring runs down and is renewed. */
export function RoomPicture() {
  return (
    <figure
      role="img"
      aria-label="A room in the evening: four people, a few messages, and a ring that renews itself."
      className="evening relative h-full overflow-hidden bg-sunken text-ink"
    >
      <div
        aria-hidden="true"
        className="absolute inset-y-[9%] right-[-1px] left-[11%] flex flex-col rounded-l-house border border-line bg-paper shadow-float"
      >
        <div className="flex items-center justify-between border-b border-line px-8 py-5">
          <div>
            <p className="text-title font-semibold">Back room</p>
            <p className="text-small text-quiet">Friday, from nine</p>
          </div>
          <div className="flex items-center gap-4 text-small text-soft">
            <span className="flex pr-2">
              {[ADA, LINUS, GRACE].map((person) => (
                <Avatar
                  key={person.id}
                  person={person}
                  size="small"
                  className="ring-2 ring-paper"
                />
              ))}
            </span>
            <span className="inline-flex items-center gap-2">
              <span className="size-2 rounded-full bg-good" /> Live
            </span>
            <PictureRing />
          </div>
        </div>
        <div className="flex flex-1 flex-col justify-end gap-6 px-8 pb-6">
          {LINES.map(({ by, at, text }, index) => (
            <div key={at} className={cx("picture-line flex gap-3", DELAYS[index])}>
              <Avatar person={by} className="mt-0.5" />
              <div>
                <p className="flex items-baseline gap-2">
                  <span className={cx(hueClass(by.id), "font-semibold text-person")}>
                    {by.name}
                  </span>
                  <span className="tabular text-fine text-quiet">{at}</span>
                </p>
                {text.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </div>
            </div>
          ))}
          <p className="picture-line picture-5 pl-11 text-small text-quiet">Ada is typing</p>
        </div>
        <div className="mx-8 mb-8 rounded-house border border-strong bg-surface px-4 py-3 text-quiet">
          Message Back room
        </div>
      </div>
    </figure>
  );
}

function PictureRing() {
  return (
    <span className="relative">
      <svg viewBox="0 0 36 36" className="lease-ring">
        <circle className="ring-track" cx="18" cy="18" r="16" pathLength="100" />
        <circle className="ring-arc picture-arc" cx="18" cy="18" r="16" pathLength="100" />
      </svg>
      <Avatar person={YOU} />
    </span>
  );
}
