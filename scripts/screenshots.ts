// Draws every page of the demo company into docs/images/: on a desktop in light colors, on a phone in dark ones. And the mail
// of its last complete day, at the width of a mail program and of a small phone.
//   npm run screenshots
//   npm run screenshots -- mail     only images whose names begin so
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { addDays, dayOfInstant } from "@dapanoskop/core/calendar";
import { renderDayReport } from "@dapanoskop/core/insight/day";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testClock, testRuntime } from "@dapanoskop/core/testing";
import { folderStore } from "@dapanoskop/local/folder-store";
import { keptPlans, LOCAL_OWNER, type PlanStorage } from "@dapanoskop/plans";
import { buildReport, readPublishedDays } from "@dapanoskop/report";
import type { Browser, Page } from "playwright-core";
import { listen } from "../packages/cli/src/server/listen.ts";
import { localApi } from "../packages/cli/src/server/local-api.ts";
import { openPlanStorage } from "../packages/cli/src/store.ts";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { newContext, openBrowser } from "../tests/support/browser.ts";
import { desktop, phone, settled } from "../tests/support/page-visit.ts";
import { buildMonthFileWhenNeeded, buildPageWhenNeeded } from "./build-page.mjs";
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
  { name: "plans", address: "/plans" },
  { name: "drift", address: "/drift" },
  { name: "budgets", address: "/budgets" },
];

const screens = [
  { name: "desktop", size: desktop, colorScheme: "light" },
  { name: "phone", size: phone, colorScheme: "dark" },
] as const;

type PictureScreen = Pick<(typeof screens)[number], "colorScheme"> & { readonly size: typeof phone };

const mailScreens = [320, 800].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ size: { width, height: 900 }, colorScheme })),
);

/** What the names of the images begin with that are drawn. */
const wanted = process.argv[2] ?? "";

const images = fileURLToPath(new URL("../docs/images/", import.meta.url));

if (!buildPageWhenNeeded() || !buildMonthFileWhenNeeded())
  throw new Error("The page could not be built. Run npm run build to see why.");
await mkdir(images, { recursive: true });
const parent = await mkdtemp(join(tmpdir(), "dapanoskop-screenshots-"));
try {
  const folder = join(parent, "data");
  await draw(await collected(folder), folder);
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

async function draw(store: ArtifactStore, folder: string): Promise<void> {
  const storage = await openPlanStorage(`${folder}-state`);
  const err = { write: (text: string) => process.stderr.write(text), isTerminal: false, columns: 80 };
  const runtime = testRuntime({ clock: testClock(COLLECTED) });
  const serving = await listen(store, 0, localApi({ ...storage, store, bill: null, runtime, err }));
  const browser = await openBrowser();
  try {
    for (const screen of screens) {
      for (const { name, address } of [...pages, await planPage(storage)]) {
        await picture(browser, screen, join(images, `${name}-${screen.name}.png`), async (page) => {
          // Sections that the API fills are asked for after the rest of the page is drawn.
          await page.goto(new URL(address, serving.url).href, { waitUntil: "networkidle" });
          await settled(page);
        });
      }
    }
    const mail = await mailOf(store);
    for (const screen of mailScreens) {
      const path = join(images, `mail-${screen.size.width}-${screen.colorScheme}.png`);
      await picture(browser, screen, path, (page) => page.setContent(mail));
    }
    // The beginning of the file: the whole would be an image of some 12,000 pixels.
    const report = await oneFileReport(folder);
    const beginning = { size: { width: 1280, height: 1800 }, colorScheme: "light" } as const;
    const path = join(images, "one-file-report-desktop.png");
    await picture(browser, beginning, path, (page) => page.setContent(report), { fullPage: false });
  } finally {
    await browser.close();
    await serving.close();
  }
}

/** The newest plan of the shop, with the charges of one of its servers. */
async function planPage(storage: PlanStorage) {
  const plan = (await keptPlans(storage, LOCAL_OWNER)).find(({ project }) => project === "storefront");
  if (plan === undefined)
    throw new Error("The demo company has no plan of its shop, so there is none to draw.");
  const query = new URLSearchParams({ id: plan.id, open: 'aws_instance.web["d"]' });
  return { name: "plan", address: `/plan?${query}` };
}

/** A closed month as one HTML file. */
async function oneFileReport(folder: string): Promise<string> {
  const { code, out, err } = await dapanoskop(["report", "html", "--store", folder, "--period", "2026-02"]);
  if (code !== 0) throw new Error(`The one-file report could not be written: ${err}`);
  return out;
}

/** The mail of the last complete day of the demo company. */
async function mailOf(store: ArtifactStore): Promise<string> {
  const published = await readPublishedDays(store);
  if (published === null)
    throw new Error("The demo company has published no day, so there is no mail to draw.");
  const report = await buildReport(published, {
    date: addDays(dayOfInstant(COLLECTED), -1),
    audience: { name: "everyone", costCenters: null },
    dashboardUrl: "https://costs.example.com",
    said: null,
    answers: null,
    budgets: [],
  });
  return renderDayReport(report).html;
}

async function picture(
  browser: Browser,
  { size, colorScheme }: PictureScreen,
  path: string,
  open: (page: Page) => Promise<void>,
  { fullPage } = { fullPage: true },
): Promise<void> {
  if (!basename(path).startsWith(wanted)) return;
  const context = await newContext(browser, { viewport: size, colorScheme, deviceScaleFactor: 1 });
  try {
    const page = await context.newPage();
    await page.clock.setFixedTime(DRAWN_AT);
    await open(page);
    const png = palettePng(await page.screenshot({ fullPage, animations: "disabled" }));
    if (png.length > LARGEST)
      throw new Error(`${path} would take ${png.length} bytes, more than ${LARGEST}. Draw less of the page.`);
    await writeFile(path, png);
    process.stdout.write(`${relative(process.cwd(), path)}  ${Math.round(png.length / 1_000)} kB\n`);
  } finally {
    await context.close();
  }
}
