import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import type { Browser, Page } from "playwright-core";
import { settled } from "../../../tests/support/page-visit.ts";
import type { TestSite } from "../../../tests/support/test-site.ts";
import { WIDE, wideDatasetSite } from "./large-datasets.ts";
import { type MeasuredPage, openMeasuredPage } from "./measured-page.ts";

/** Limit for a later drill-down, in ms. */
const LIMIT_MS = 150;

/** Into a workload and on to others, where a month holds 100,200 usage-type rows; then down a table of 10,000. */
export async function drillDown(browser: Browser, rounds = 9): Promise<readonly Benchmark[]> {
  const site = await wideDatasetSite();
  const visit = await openMeasuredPage(browser);
  try {
    const { page, devtools } = visit;
    let fetched = 0;
    devtools.on("Network.responseReceived", ({ response }) => {
      if (response.url.endsWith(".wasm") && response.fromDiskCache !== true) fetched += 1;
    });
    await visit.open(`${site.origin}/cost-center?name=A&period=2026-02`);
    await settled(page);
    const first = await to(page, "workload-0");
    const later: Cost[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await back(page);
      later.push(await costOf(visit, () => to(page, `workload-${round}`)));
    }
    await page.reload();
    await settled(page);
    const wide = `${site.origin}/workload?name=${WIDE}&period=2026-02`;
    await page.goto(wide);
    await settled(page);
    const closed: Cost[] = [];
    const running: Cost[] = [];
    for (let round = 0; round < rounds; round += 1) {
      closed.push(await otherMonth(browser, site, "2026-01", "December 2025"));
      running.push(await otherMonth(browser, site, "2026-03", "Feb 1–9"));
    }
    const [still, moving] = [await frames(page, 0), await frames(page, 173)];
    const name = "100,200 usage-type rows";
    return [
      benchmark(
        "parquet-wasm fetched, through all drill-downs and a reload",
        fetched,
        1,
        "cached by the browser under its hash",
      ),
      benchmark(
        `first drill-down, ${name}, in ms`,
        first,
        median(later.map(({ wall }) => wall)),
        "loads parquet-wasm; against a later one",
      ),
      benchmark(
        `later drill-down, ${name}, in ms`,
        median(later.map(({ wall }) => wall)),
        LIMIT_MS,
        `another workload of the month, until its first rows are painted; against the limit; ${taskTime(later)}`,
      ),
      benchmark(
        `drill-down in another month, ${name}, in ms`,
        median(closed.map(({ wall }) => wall)),
        LIMIT_MS,
        `fetches and decodes that month's file, until its first rows are painted; against the limit; ${taskTime(closed)}`,
      ),
      benchmark(
        "drill-down in the running month, 133,600 usage-type rows, in ms",
        median(running.map(({ wall }) => wall)),
        LIMIT_MS,
        `fetches and decodes two files: that month's, and the same days of the month before, until its first rows are painted; against the limit; ${taskTime(running)}`,
      ),
      benchmark(
        "a frame while 10,000 rows scroll, in ms, 95 of 100",
        moving.most,
        still.most,
        "against the same page at rest",
      ),
      benchmark(
        "the middle frame while 10,000 rows scroll, in ms",
        moving.middle,
        still.middle,
        "against the same page at rest",
      ),
    ];
  } finally {
    await visit.close();
    await site.close();
  }
}

/** In ms: elapsed time, and processor time of the main thread, which other programs hardly change. */
interface Cost {
  readonly wall: number;
  readonly processor: number;
}

async function costOf(visit: MeasuredPage, act: () => Promise<number>): Promise<Cost> {
  const before = await visit.taskTime();
  const wall = await act();
  return { wall, processor: (await visit.taskTime()) - before };
}

const taskTime = (costs: readonly Cost[]) => {
  const walls = costs.map(({ wall }) => wall);
  const spread = [Math.min(...walls), Math.max(...walls)].map((wall) => wall.toFixed(0)).join(" to ");
  return `${spread}, and ${median(costs.map(({ processor }) => processor)).toFixed(0)} ms of processor time`;
};

// Runs inside the page: clicks a link and returns after how many ms its page was painted.
const CLICK_AND_WAIT = `(selector, isThere) => new Promise((resolve, reject) => {
  const link = document.querySelector(selector);
  if (link === null) return reject(new Error("No link " + selector + " is drawn."));
  const start = performance.now();
  const check = () => {
    if (isThere()) return requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    if (performance.now() - start > 20_000) return reject(new Error(selector + " did not lead to the expected page."));
    requestAnimationFrame(check);
  };
  link.click();
  check();
})`;

/** Whether the usage types of this workload and month are drawn, and no longer those of the previous page. */
const isDrawn = (name: string, month: string, against: string) =>
  `() => document.querySelector("h1")?.textContent.includes(${JSON.stringify(name)}) &&
    location.search.includes(${JSON.stringify(month)}) &&
    document.querySelector('main[aria-busy="false"]') !== null &&
    [...document.querySelectorAll("main th")].some((head) => head.textContent.includes(${JSON.stringify(`against ${against}`)})) &&
    [...document.querySelectorAll("main tbody code")].some((code) => code.textContent.includes("BoxUsage"))`;

const to = (page: Page, name: string) =>
  page.evaluate<number>(
    `(${CLICK_AND_WAIT})('main a[href^="/workload?name=${name}&"]', ${isDrawn(name, "2026-02", "January 2026")})`,
  );

/** Two drill-downs into February, then the same workload in another month, whose files were not loaded yet. */
async function otherMonth(browser: Browser, site: TestSite, month: string, against: string): Promise<Cost> {
  const visit = await openMeasuredPage(browser);
  try {
    const { page } = visit;
    await visit.open(`${site.origin}/cost-center?name=A&period=2026-02`);
    await settled(page);
    await to(page, "workload-0");
    await back(page);
    await to(page, "workload-20");
    await settled(page);
    const isThere = isDrawn("workload-20", month, against);
    return await costOf(visit, () =>
      page.evaluate<number>(`(${CLICK_AND_WAIT})('nav a[href*="period=${month}"]', ${isThere})`),
    );
  } finally {
    await visit.close();
  }
}

async function back(page: Page): Promise<void> {
  await page.goBack();
  await page.locator('main a[href^="/workload?name=workload-1&"]').waitFor();
  await settled(page);
}

/** Frames of some three seconds, while the page is scrolled by so many pixels each. */
async function frames(page: Page, step: number): Promise<{ readonly middle: number; readonly most: number }> {
  const times = await page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    const frame = (now) => {
      times.push(now - last);
      last = now;
      window.scrollBy(0, ${step});
      if (times.length < 180) requestAnimationFrame(frame);
      else resolve(times.slice(5));
    };
    requestAnimationFrame(frame);
  })`);
  const sorted = times.toSorted((a, b) => a - b);
  return { middle: median(times), most: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN };
}
