import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "./lib/browser.mjs";
import { ROOT } from "./lib/config.mjs";
import { run, say } from "./lib/say.mjs";

/**
 * `node scripts/icons.mjs`: draws public/icon.svg in the sizes that phones ask for, into public/icons.
 * Run when the icon has changed; the pictures are kept in the repository.
 */
const SIZES = [
  { name: "192", size: 192 },
  { name: "512", size: 512 },
  // Phones cut it into their own shape: a full square, and the door well within the safe circle.
  { name: "maskable-512", size: 512, full: true },
  // iOS rounds the corners itself and shows holes as black.
  { name: "apple-180", size: 180, full: true },
];
const SAFE = 0.8;

await run(async () => {
  const { chromium } = await import("playwright");
  const svg = readFileSync(path.join(ROOT, "public/icon.svg"), "utf8");
  const ground = /<rect[^>]*fill="([^"]+)"/.exec(svg)?.[1];
  const out = path.join(ROOT, "public/icons");
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  for (const { name, size, full } of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const scale = full ? SAFE : 1;
    await page.setContent(
      `<style>body{margin:0;background:${full ? ground : "transparent"}}
       svg{display:block;width:${size * scale}px;margin:${(size * (1 - scale)) / 2}px}</style>${svg}`,
    );
    await page.screenshot({ path: path.join(out, `${name}.png`), omitBackground: true });
    await page.close();
  }
  await browser.close();
  say("The icons are in public/icons.");
  process.exit(0);
});
