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

  it("says what is missing where no provider is around", () => {
    const Lost = () => (useRoomClient(), null);
    expect(() => renderToString(<Lost />)).toThrow("RoomProvider");
  });
});
