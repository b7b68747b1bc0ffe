import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { RoomProvider, useRoom, useRoomClient } from "./react";

const OPTIONS = { room: "general", partyHost: "127.0.0.1:1999" };

function Status() {
  const { phase, ready } = useRoom((view) => ({
    phase: view.connection.phase,
    ready: view.ready,
  }));
  return <p>{`${phase} ${ready}`}</p>;
}

describe("a room in React", () => {
  it("is drawn on a server without a browser, a request or a timer", () => {
    const fetcher = vi.spyOn(globalThis, "fetch");
    const timer = vi.spyOn(globalThis, "setTimeout");
    const html = renderToString(
      <StrictMode>
        <RoomProvider options={OPTIONS}>
          <Status />
        </RoomProvider>
      </StrictMode>,
    );
    expect(html).toBe("<p>initialized false</p>");
    expect(fetcher).not.toHaveBeenCalled();
    expect(timer).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it("begins as the server drew it, also in a part that is hydrated when the room is live", () => {
    const Early = () => (useRoomClient().send("already said"), null);
    const Late = () => <p>{useRoom((view) => view.messages.length)}</p>;
    const html = renderToString(
      <RoomProvider options={OPTIONS}>
        <Early />
        <Late />
      </RoomProvider>,
    );
    expect(html).toBe("<p>0</p>");
  });

  it("says what is missing where no provider is around", () => {
    const Lost = () => (useRoomClient(), null);
    expect(() => renderToString(<Lost />)).toThrow("RoomProvider");
  });
});
