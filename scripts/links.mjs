import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./lib/config.mjs";
import { documentsIn } from "./lib/documents.mjs";
import { isMain } from "./lib/processes.mjs";
import { bold, green, red, run, say, Stop } from "./lib/say.mjs";

const PATIENCE_MS = 15_000;
/** Some hosts refuse what does not look like a browser's question; they are there all the same. */
const THERE = [401, 403, 405, 429];

/** The outside addresses that Markdown links to, each with the files that do, from the project's documents. */
export function outsideLinks(root = ROOT) {
  const links = new Map();
  for (const file of documentsIn(root)) {
    const text = readFileSync(path.join(root, file), "utf8");
    for (const [, address] of text.matchAll(/\]\((https?:\/\/[^)\s]+)\)/g)) {
      links.set(address, [...(links.get(address) ?? []), file]);
    }
  }
  return links;
}

/** What is wrong with an address, or null. Its fragment is not looked at. */
export async function faultOf(address, patience = PATIENCE_MS) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(patience) });
    await answer.body?.cancel();
    return answer.ok || THERE.includes(answer.status) ? null : `answers ${answer.status}`;
  } catch (error) {
    return `does not answer (${error.cause?.code ?? error.name})`;
  }
}

/** `npm run check:links`: the documents' links that leave the project. It needs the internet. */
if (isMain(import.meta.url)) {
  await run(async () => {
    const links = [...outsideLinks()];
    const faults = await Promise.all(links.map(([address]) => faultOf(address)));
    links.forEach(([address, files], at) => {
      const verdict = faults[at] ? red(faults[at]) : green("is there");
      say(`${bold(address)} ${verdict}, in ${files.join(", ")}`);
    });
    if (faults.some(Boolean)) throw new Stop("Mend these links, or try again later.");
  });
}
