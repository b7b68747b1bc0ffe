import { createServer, connect, type AddressInfo, type Socket } from "node:net";

/** A line between a page and the party, which can be made bad in every way that lines go bad. */
export interface Line {
  port: number;
  /** Both ends are told at once. */
  cut(): void;
  /** What is open now stays open and carries nothing more, not even its end; what is dialled later is well. */
  halfOpen(): void;
  /** Everything arrives this much later, in order. Milliseconds. */
  delayBy(ms: number): void;
  /** The page's side stops reading: what the party sends backs up. */
  deafen(deaf: boolean): void;
  /** What is open is cut, and what is dialled is refused, until told otherwise. */
  shut(shut: boolean): void;
  /** A good line again; what hung half open is cut. */
  heal(): void;
  stop(): Promise<void>;
}

interface Pair {
  ends: readonly [page: Socket, party: Socket];
  hung: boolean;
}

export async function openLine(partyPort: number): Promise<Line> {
  const pairs = new Set<Pair>();
  let delayMs = 0;
  let deaf = false;
  let isShut = false;

  /** Passes on what comes, in order: nothing overtakes, also when the delay shrinks. */
  function pass(pair: Pair, from: Socket, to: Socket): void {
    const queue: { due: number; arrive: () => void }[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const pump = () => {
      timer = null;
      while (queue[0] && queue[0].due <= performance.now()) queue.shift()?.arrive();
      if (queue[0]) timer = setTimeout(pump, Math.max(1, queue[0].due - performance.now()));
    };
    const later = (arrive: () => void) => {
      if (pair.hung) return;
      queue.push({ due: performance.now() + delayMs, arrive: () => pair.hung || arrive() });
      if (timer === null) pump();
    };
    from.on("data", (bytes) => later(() => void to.write(bytes)));
    from.on("end", () => later(() => void to.end()));
    from.on("close", () => later(() => void to.destroy()));
    from.on("error", () => {});
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (page) => {
    if (isShut) return void page.on("error", () => {}).resetAndDestroy();
    const party = connect({
      port: partyPort,
      host: "127.0.0.1",
      allowHalfOpen: true,
      noDelay: true,
    });
    const pair: Pair = { ends: [page, party], hung: false };
    pairs.add(pair);
    pass(pair, page, party);
    pass(pair, party, page);
    if (deaf) party.pause();
    const gone = () => {
      if (page.destroyed && party.destroyed) pairs.delete(pair);
    };
    page.once("close", gone);
    party.once("close", gone);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const cutPair = ({ ends }: Pair) => {
    for (const end of ends) end.resetAndDestroy();
  };
  const delayBy = (ms: number) => void (delayMs = ms);
  const deafen = (now: boolean) => {
    deaf = now;
    for (const { ends } of pairs) {
      if (deaf) ends[1].pause();
      else ends[1].resume();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => [...pairs].filter(({ hung }) => !hung).forEach(cutPair),
    halfOpen() {
      for (const pair of pairs) pair.hung = true;
    },
    delayBy,
    deafen,
    shut(now) {
      isShut = now;
      if (now) [...pairs].forEach(cutPair);
    },
    heal() {
      delayBy(0);
      deafen(false);
      [...pairs].filter(({ hung }) => hung).forEach(cutPair);
    },
    stop() {
      [...pairs].forEach(cutPair);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
