/** What bad guests do under `npm run check:load`, each for some seconds at a pace; the answers are counted. */

/** @param crowd `dial(token)`, `text` of a message, `wait(ms)` */
export function attackCommands({ dial, text, wait }) {
  let serial = 0;

  async function atPace(perSecond, seconds, act) {
    const start = performance.now();
    for (let at = 0; at < perSecond * seconds; at++) {
      const rest = start + (at * 1_000) / perSecond - performance.now();
      if (rest > 0) await wait(rest);
      act(at);
    }
  }

  return {
    /** Knocks with these tokens in turn, whatever became of the dial before; who gets in leaves at once. */
    async knock({ tokens, perSecond, seconds }) {
      const outcomes = {};
      const dials = new Set();
      const note = (what) => (outcomes[what] = (outcomes[what] ?? 0) + 1);
      await atPace(perSecond, seconds, (at) => {
        const one = dial(tokens[at % tokens.length])
          .then(({ socket }) => (note("let in"), socket.close(1000)))
          .catch((error) => note(error.message))
          .finally(() => dials.delete(one));
        dials.add(one);
      });
      await Promise.all(dials);
      return outcomes;
    },
    /** Each gets in and sends far more than the limits allow; who is sent away stays away. */
    async shout({ tokens, perSecond, seconds }) {
      const outcomes = {};
      const note = (what) => (outcomes[what] = (outcomes[what] ?? 0) + 1);
      await Promise.all(
        tokens.map(async (token) => {
          const client = await dial(token);
          const { socket } = client;
          socket.on("close", (code) => note(`closed ${code}`));
          client.onText = (data) => {
            for (const { type, code } of [JSON.parse(data)].flat()) {
              if (type === "error") note(code);
              if (type === "ack") note("taken");
            }
          };
          await atPace(perSecond, seconds, () => {
            if (socket.readyState !== 1) return;
            socket.send(JSON.stringify({ type: "chat.send", id: `shout-${serial++}`, text }));
          });
          socket.close(1000);
        }),
      );
      return outcomes;
    },
  };
}
