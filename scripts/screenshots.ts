// Draws every page of the demo company into docs/images/: on a desktop in light colors, on a phone in dark ones.
//   npm run screenshots
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { folderStore } from "@dapanoskop/local/folder-store";
import type { Browser } from "playwright-core";
import { listen } from "../packages/cli/src/server/listen.ts";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { newContext, openBrowser } from "../tests/support/browser.ts";
import { desktop, phone, settled } from "../tests/support/page-visit.ts";
import { buildPageWhenNeeded } from "./build-page.mjs";
import { palettePng } from "./palette-png.ts";

/** The demo company is collected at this time, and its pages are drawn three hours later. */
const COLLECTED = "2026-03-08T06:00:00Z";
const DRAWN_AT = "2026-03-08T09:00:00Z";

/** The largest image that GitHub shows without a click, in bytes. */
const LARGEST = 250_000;

const pages = [
  { name: "overview", address: "/" },
  { name: "closed-month", address: "/?period=2026-02&open=Machine+Learning" },
  { name: "cost-center", address: "/cost-center?period=2026-02&name=Machine+Learning" },
  { name: "workload", address: "/workload?period=2026-02&name=ml-training" },
  { name: "storage", address: "/storage?period=2026-02" },
  { name: "published", address: "/published" },
];

const screens = [
  { name: "desktop", size: desktop, colorScheme: "light" },
  { name: "phone", size: phone, colorScheme: "dark" },
] as const;

const images = fileURLToPath(new URL("../docs/images/", import.meta.url));

if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
await mkdir(images, { recursive: true });
const parent = await mkdtemp(join(tmpdir(), "dapanoskop-screenshots-"));
try {
  await draw(await collected(join(parent, "data")));
} finally {
  await rm(parent, { recursive: true, force: true });
}

/** The demo company as `npm start` publishes it: through the emulator and the real SDK. */
async function collected(folder: string): Promise<ArtifactStore> {
  const { code, err } = await dapanoskop(["demo", "--no-serve", "--store", folder, "--at", COLLECTED], {
    at: COLLECTED,
  });
  if (code !== 0) throw new Error(`The demo could not be collected: ${err}`);
  return folderStore(folder);
}

async function draw(store: ArtifactStore): Promise<void> {
  const serving = await listen(store, 0);
  const browser = await openBrowser();
  try {
    for (const screen of screens) {
      for (const { name, address } of pages) {
        await picture(
          browser,
          screen,
          new URL(address, serving.url),
          join(images, `${name}-${screen.name}.png`),
        );
      }
    }
  } finally {
    await browser.close();
    await serving.close();
  }
}

async function picture(
  browser: Browser,
  { size, colorScheme }: (typeof screens)[number],
  url: URL,
  path: string,
): Promise<void> {
  const context = await newContext(browser, { viewport: size, colorScheme, deviceScaleFactor: 1 });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(DRAWN_AT);
    await page.goto(url.href);
    await settled(page);
    const png = palettePng(await page.screenshot({ fullPage: true, animations: "disabled" }));
    if (png.length > LARGEST)
      throw new Error(`${path} would take ${png.length} bytes, more than ${LARGEST}. Draw less of the page.`);
    await writeFile(path, png);
    process.stdout.write(`${relative(process.cwd(), path)}  ${Math.round(png.length / 1_000)} kB\n`);
  } finally {
    await context.close();
  }
}
