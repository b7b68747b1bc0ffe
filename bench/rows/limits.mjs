import { beyond } from "../lib/ceiling.mjs";
import { percentile } from "../lib/figures.mjs";
import { costOf, withPeer } from "../lib/measured.mjs";
import { OURS } from "../lib/peers.mjs";
import { usage } from "../lib/system.mjs";

const PEOPLE = [200, 1_000, 2_500];
const TALKERS = 100;
const FIRST_RATE = 50;
const MOST_RATE = 6_400;
const MIB = 2 ** 20;

/** Twice as many messages a second, and again, until the slowest in a hundred come too late. */
export async function limits({ quick, only, say }) {
  const seconds = quick ? 2 : 5;
  const ramps = [];
  for (const people of PEOPLE.filter((count) => !only || only.includes(String(count)))) {
    ramps.push(await withPeer(OURS, (stack) => ramp(stack, people, seconds, say)));
  }
  return ramps.map(({ people, good, end, mib }) => ({
    what: `limit of one room with ${people.toLocaleString("en")} people`,
    measured: good
      ? `${good.perSecond.toLocaleString("en")} messages a second, p99 ${good.p99.toFixed(0)} ms, ${Math.round(good.cpu * 100)} % of a core, ${mib.toFixed(0)} MiB; ${end}`
      : `none; ${end}`,
    bar: "stated",
    met: good !== null,
  }));
}

async function ramp({ peer, crowd }, people, seconds, say) {
  await crowd.connect(people, TALKERS);
  let good = null;
  let end = `more than ${MOST_RATE.toLocaleString("en")} was not tried`;
  for (let perSecond = FIRST_RATE; perSecond <= MOST_RATE; perSecond *= 2) {
    await crowd.tell("beat");
    const {
      result,
      cpuSeconds,
      seconds: took,
    } = await costOf(peer, () => crowd.tell("pace", { perSecond, seconds }));
    const { closed } = await crowd.tell("count");
    const p99 = percentile(result, 0.99);
    const cpu = cpuSeconds / took;
    // It listens for a second more than it talks.
    const said = (perSecond * seconds) / (took - 1);
    say(
      `limits ${people} people, ${perSecond} a second: p99 ${p99.toFixed(0)} ms, CPU ${cpu.toFixed(2)}, ${closed} sockets lost`,
    );
    const why = beyond({ asked: perSecond, said, closed, p99 });
    if (why !== null) {
      end = why;
      break;
    }
    good = { perSecond, p99, cpu };
  }
  return { people, good, end, mib: usage(peer.pid).bytes / MIB };
}
