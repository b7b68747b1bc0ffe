/**
 * Everybody in turn, so many at a time, round after round: what a round has left over is taken alone,
 * so that nobody is passed over.
 * @returns {Generator<{from: number, to: number}, never>} `to` not included
 */
export function* rounds(people, atOnce) {
  for (let from = 0; ; from = from + atOnce < people ? from + atOnce : 0) {
    yield { from, to: Math.min(from + atOnce, people) };
  }
}
