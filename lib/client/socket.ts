import PartySocket, { CloseEvent as LocalCloseEvent } from "partysocket/ws";
import { WELCOME_TIMEOUT_MS } from "../protocol";
import { assertRoomId, socketScheme } from "./party-address";

const GENTLE_CLOSE_MS = 2_000;

/** What a connection that comes back knows already. */
export interface Resume {
  epoch: string;
  after: number;
  rev?: number;
}

export interface SocketAddress {
  partyHost: string;
  room: string;
  token: string;
  resume?: Resume | undefined;
}

export interface SocketHandlers {
  onMessage(data: unknown): void;
  /** At most once, and not after `close()`. A line that broke without a close frame is 1006. */
  onClose(code: number): void;
}

export interface Socket {
  /** False where the socket was not open and nothing was sent. */
  send(text: string): boolean;
  /** Nothing more is heard. `gently`: a handshake under way may end first. */
  close(gently?: boolean): void;
}

/** Dials once and never again by itself: when to come back is decided by the machine. */
export type OpenSocket = (address: SocketAddress, handlers: SocketHandlers) => Socket;

export const openPartySocket: OpenSocket = ({ partyHost, room, token, resume }, handlers) => {
  assertRoomId(room);
  const query = new URLSearchParams({ token, ...(resume && queryOf(resume)) });
  const address = `${socketScheme(partyHost)}://${partyHost}/parties/main/${room}?${query}`;
  // Without partysocket's guesses about addresses: all of this one is known.
  const socket = new PartySocket(address, [], {
    maxRetries: 0,
    maxEnqueuedMessages: 0,
    shouldReconnectOnClose: () => false,
    // The machine's own limit, from dial to welcome, is the shorter one.
    connectionTimeout: WELCOME_TIMEOUT_MS * 2,
  });
  let over = false;
  // The properties get the browser's own events; addEventListener gets copies, whose code is lost.
  socket.onmessage = (event) => {
    if (!over) handlers.onMessage(event.data);
  };
  socket.onclose = (event) => {
    if (over) return;
    over = true;
    // partysocket reports an error as a local close with code 1000; nobody left on purpose.
    handlers.onClose(isLocal(event) ? 1006 : event.code);
  };
  // An address that the browser refuses outright closes nothing, because nothing was opened.
  socket.onerror = () => {
    if (over) return;
    over = true;
    handlers.onClose(1006);
  };
  return {
    // partysocket's queue would flush before `welcome`.
    send: (text) => !over && socket.readyState === socket.OPEN && socket.send(text),
    close(gently = false) {
      over = true;
      const close = () => socket.close(1000, "normal");
      const isShaking = socket.readyState === socket.CONNECTING && socket.url !== "";
      if (!gently || !isShaking) return close();
      // Cut off in the middle, browsers print the address, token included, into the console as an
      // error. Not for long, though: they open one socket per host at a time.
      const timer = setTimeout(close, GENTLE_CLOSE_MS);
      socket.onopen = () => {
        clearTimeout(timer);
        close();
      };
    },
  };
};

const queryOf = ({ epoch, after, rev }: Resume) => ({
  epoch,
  after: String(after),
  ...(rev !== undefined && { rev: String(rev) }),
});

const isLocal = (event: object): boolean => event instanceof LocalCloseEvent;
