import type { ErrorCode, ServerFrame, ServerFrameOf, UserRef } from "../protocol";
import { browserDeps } from "./browser-deps";
import { createActivity } from "./activity";
import type { Wish } from "./changes";
import { createChangesQueue } from "./changes-queue";
import { aheadOf } from "./clock";
import { createConnection } from "./connection";
import type { ClientDeps } from "./deps";
import { compose, crowdOf, initialModel, resumeOf, withView, type RoomModel } from "./model";
import { createOverlay, granted } from "./overlay";
import { createPages } from "./pages";
import { assertRoomId } from "./party-address";
import { createQueue } from "./queue";
import { createQuotes } from "./quotes";
import { createReadMark } from "./read-mark";
import { reduce } from "./reduce";
import { createRequests } from "./requests";
import { createStore } from "./store";
import { messageAt, update as updateMessage, withOutbox } from "./transcript";
import { createTyping } from "./typing";
import type { ChangeResult, RoomClient, RoomClientOptions, RoomView } from "./types";

const NOBODY: UserRef = { id: "me", name: "You" };

/**
 * One room as the page sees it, and everything one can do there. Does nothing before `start()`, and
 * touches no browser API before it, so it can be made while a page is rendered on a server.
 * Throws a TypeError where `options.room` is no room id.
 */
export function createRoomClient(
  options: RoomClientOptions,
  deps: ClientDeps = browserDeps,
): RoomClient {
  assertRoomId(options.room);
  let model = initialModel(options.room);
  let running = false;
  /** The socket whose welcome we have read: before it we do not know in whose name we speak. */
  let welcomed: number | null = null;
  let unsubscribe: (() => void)[] = [];

  const connection = createConnection(
    deps,
    { ...options, tokenUrl: options.tokenUrl ?? "/api/party/token" },
    {
      onFrames: receive,
      onView: settle,
      onFailMessage: failMessage,
      onRefused: ({ ban }) => {
        model = withView(model, { turnedAway: ban });
      },
      resume: () => resumeOf(model),
      crowd: () => crowdOf(model),
    },
  );
  const store = createStore<RoomView>(compose(model, connection.view()));
  const { send } = connection;
  const queue = createQueue(deps, options.room, options.me?.id ?? null, connection, showOutbox);
  const changes = createChangesQueue(deps, options.room, connection);
  const overlay = createOverlay();
  const pages = createPages(deps, send, update);
  const quotes = createQuotes(deps, send, update);
  const typing = createTyping(deps, send);
  const activity = createActivity(deps, send);
  const readMark = createReadMark(deps, send);
  const requests = createRequests(deps, (frame) => isLive() && send(frame));

  function update(change: (model: RoomModel) => RoomModel): void {
    model = change(model);
    settle();
  }

  const isLive = () => running && welcomed !== null && connection.sendable() === welcomed;

  /** Shows what has changed, and does what that makes possible. */
  function settle(): void {
    const { messages, me } = model.view;
    const view = { ...model.view, messages: overlay(messages, changes.entries(), me?.id) };
    const now = store.get();
    const changed = (Object.keys(view) as (keyof typeof view)[]).some(
      (key) => !Object.is(view[key], now[key]),
    );
    if (changed || now.connection !== connection.view()) {
      store.set(compose({ ...model, view }, connection.view()));
    }
    pages.seek(model);
    if (!isLive()) return;
    queue.pump();
    changes.pump();
    quotes.pump();
    activity.sync();
    readMark.sync();
    pages.fillGap(model);
  }

  function showOutbox(): void {
    const { id, name, picture }: UserRef = model.view.me ?? options.me ?? NOBODY;
    const user = { id, name, ...(picture !== undefined && { picture }) };
    const { messages: shown, ahead } = model.view;
    const messages = withOutbox(shown, queue.entries(), user, ahead);
    model = withView(model, { messages });
  }

  function receive(frames: readonly ServerFrame[], socket: number): void {
    for (const frame of frames) {
      if (frame.type === "error") pages.refused(model, frame);
      if (frame.type === "ack") grant(frame);
      const epoch = model.epoch;
      model = reduce(model, frame);
      if (frame.type === "welcome") {
        welcomed = socket;
        model = withView(model, { ahead: aheadOf(deps.wallNow(), frame.serverTime) });
        queue.welcome(frame, socket);
        showOutbox();
        changes.welcome(frame, socket);
        quotes.welcomed();
        typing.forget();
        activity.welcomed();
        readMark.welcomed(frame.readSeq, epoch === frame.epoch);
        requests.lost();
      }
      queue.note(frame);
      changes.note(frame);
      quotes.note(frame);
      requests.note(frame);
      if (model.epoch !== null && model.epoch !== epoch) changes.inHistory(model.epoch);
    }
    settle();
  }

  /** The room has said yes before it says so to everybody: nothing may flicker in between. */
  function grant(frame: ServerFrameOf<"ack">): void {
    const change = changes.granted(frame);
    const me = model.view.me?.id;
    if (!change || me === undefined) return;
    const messages = updateMessage(model.view.messages, change.seq, (message) =>
      granted(message, change.wish, me, frame.ts),
    );
    model = withView(model, { messages });
  }

  function ask(seq: number, wish: Wish): ChangeResult {
    const message = messageAt(store.get().messages, seq);
    if (!message || message.deleted) return { ok: false, reason: "not_found" };
    if (wish.kind === "edit" && wish.text.trim() === message.text) return { ok: true };
    const result = changes.ask(seq, wish);
    settle();
    return result;
  }

  function failMessage(code: ErrorCode): void {
    queue.failInFlight(code);
    changes.failInFlight(code);
    settle();
  }

  function start(): void {
    if (!running) {
      running = true;
      const { environment } = deps;
      unsubscribe = [
        environment.subscribe((event) => {
          if (event !== "input" && event !== "hidden") connection.dispatch({ type: event });
          activity.note(event);
        }),
        environment.onAccount((event) =>
          connection.dispatch({
            type: event === "signed_out" ? "signedOutElsewhere" : "signedIn",
          }),
        ),
      ];
      activity.start();
      queue.start();
    }
    connection.dispatch({ type: "start", offline: !deps.environment.online() });
    settle();
  }

  function stop(): void {
    if (!running) return;
    running = false;
    for (const off of unsubscribe) off();
    typing.set(false);
    typing.forget();
    connection.dispatch({ type: "stop" });
    activity.stop();
    readMark.stop();
    queue.stop();
    changes.stop();
    quotes.stop();
    requests.lost();
    pages.stop();
  }

  return {
    subscribe: store.subscribe,
    getSnapshot: store.get,
    start,
    stop,
    send(text, { replyTo } = {}) {
      const { epoch } = model;
      const isHere = replyTo !== undefined && replyTo <= model.view.seq;
      const reply = isHere && epoch !== null ? { replyTo, epoch } : undefined;
      const result = queue.send(text, reply);
      if (result.ok) typing.set(false);
      settle();
      return result;
    },
    retry(key) {
      queue.retry(key);
      settle();
    },
    discard(key) {
      queue.discard(key);
      settle();
    },
    edit: (seq, text) => ask(seq, { kind: "edit", text }),
    remove: (seq, reason) => ask(seq, { kind: "delete", ...(reason && { reason }) }),
    react: (seq, emoji, on) => ask(seq, { kind: "react", emoji, on }),
    retryChange(id) {
      changes.retry(id);
      settle();
    },
    dismissChange(id) {
      changes.dismiss(id);
      settle();
    },
    quote: (seq) => quotes.want(model, seq),
    showAround: (seq) => pages.show(seq),
    loadOlder: () => pages.loadOlder(model),
    request: (request) => requests.ask(request),
    setTyping: (on) => typing.set(on),
    markRead(seq) {
      if (seq <= model.view.readSeq || seq > model.view.seq) return;
      readMark.mark(seq);
      update((now) => withView(now, { readSeq: seq }));
    },
    learnBan(ban) {
      if (connection.view().stopReason !== "kicked") return;
      model = withView(model, { turnedAway: ban });
      connection.dispatch({ type: "banned" });
    },
    tryNow() {
      if (running) connection.dispatch({ type: "tryNow" });
      else start();
    },
  };
}
