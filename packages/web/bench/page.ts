import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import type { Browser, Page } from "playwright-core";
import { buildPageWhenNeeded } from "../../../scripts/build-page.mjs";
import { demoSite, type Site } from "../../../tests/support/a-site.ts";
import { settled } from "../../../tests/support/a-visit.ts";
import { openBrowser } from "../../../tests/support/browser.ts";
import { manyHouse, WIDE, wideHouse } from "./large-houses.ts";
import { parquetFirstSite } from "./variant-site.ts";
import { SLOW, type Watched, watched } from "./watch.ts";

/** What the page is held to. Sizes in bytes, times in ms. */
const MOST = { code: 60_000, files: 3, firstFigure: 1_000, task: 200, shift: 0.02, drillDown: 150 };

/** Everything about the page, in a Chromium of its own. */
export async function pageFigures(): Promise<readonly Benchmark[]> {
  if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
  const browser = await openBrowser();
  try {
    return [...(await firstFigure(browser)), ...(await drillDown(browser)), ...(await manyCenters(browser))];
  } finally {
    await browser.close();
  }
}

/** The demo company's overview, from an empty cache, against a page that loads parquet-wasm first. */
export async function firstFigure(browser: Browser, rounds = 9): Promise<readonly Benchmark[]> {
  const ours = await demoSite();
  const parquetFirst = await parquetFirstSite(ours.folder ?? "");
  try {
    const weight = await weigh(browser, ours);
    const times: { readonly ours: Beginning; readonly other: Beginning; readonly bare: Beginning }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push({
        ours: await begin(browser, ours, "/"),
        other: await begin(browser, parquetFirst, "/"),
        bare: await begin(browser, parquetFirst, "/bare"),
      });
    }
    const own = times.map((time) => time.ours);
    const other = times.map((time) => time.other);
    const bare = times.map((time) => time.bare);
    const middle = (of: readonly Beginning[], what: keyof Beginning) => median(of.map((one) => one[what]));
    const slow = `${SLOW.cpu} times slower CPU, ${SLOW.megabits} Mbit/s, ${SLOW.latency} ms`;
    return [
      benchmark(
        "JavaScript and CSS to the first figure, in bytes",
        weight.code,
        MOST.code,
        "packed as served; against the most allowed",
      ),
      benchmark(
        "data files to the first figure",
        weight.files,
        MOST.files,
        `against the most allowed; ${weight.elsewhere} requests to other origins`,
      ),
      benchmark(
        "first figure, in ms",
        middle(own, "firstFigure"),
        middle(other, "firstFigure"),
        `${slow}; against the same page that loads parquet-wasm first; at most 0.45`,
      ),
      benchmark(
        "first figure, in ms",
        middle(own, "firstFigure"),
        middle(bare, "firstFigure"),
        `${slow}; against a page that loads parquet-wasm and draws nothing but the total`,
      ),
      benchmark(
        "first figure, in ms",
        middle(own, "firstFigure"),
        MOST.firstFigure,
        `${slow}; against the most allowed`,
      ),
      benchmark(
        "layout shift",
        middle(own, "shift"),
        MOST.shift,
        "until the whole overview stands; against the most allowed",
      ),
      benchmark(
        "longest task, in ms",
        middle(own, "longestTask"),
        MOST.task,
        `${SLOW.cpu} times slower CPU; until the whole overview stands; against the most allowed`,
      ),
    ];
  } finally {
    await parquetFirst.close();
    await ours.close();
  }
}

type Beginning = Awaited<ReturnType<Watched["open"]>>;

async function begin(browser: Browser, site: Site, path: string): Promise<Beginning> {
  const visit = await watched(browser, SLOW);
  try {
    const { firstFigure } = await visit.open(`${site.origin}${path}`);
    if (path === "/") await settled(visit.page);
    return { ...(await visit.beginning()), firstFigure };
  } finally {
    await visit.close();
  }
}

/** What crossed the wire before the first figure was painted. */
async function weigh(browser: Browser, site: Site) {
  const visit = await watched(browser, SLOW);
  try {
    const { firstFigure } = await visit.open(`${site.origin}/`);
    const painted = (await visit.page.evaluate<number>("performance.timeOrigin")) + firstFigure;
    await settled(visit.page);
    const before = visit.requests.filter((request) => request.timing().startTime < painted);
    const isCode = (url: string) => /\.(js|css)$/.test(url);
    const sizes = await Promise.all(
      before.filter((request) => isCode(request.url())).map((request) => request.sizes()),
    );
    return {
      code: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0),
      files: new Set(before.map((request) => request.url()).filter((url) => url.includes("/data/"))).size,
      elsewhere: visit.requests.filter((request) => !request.url().startsWith(`${site.origin}/`)).length,
    };
  } finally {
    await visit.close();
  }
}

/** Into a workload and on to others, where a month holds 100,200 usage-type rows; then down a table of 10,000. */
export async function drillDown(browser: Browser, rounds = 9): Promise<readonly Benchmark[]> {
  const house = await wideHouse();
  const visit = await watched(browser);
  try {
    const { page, devtools } = visit;
    let fetched = 0;
    devtools.on("Network.responseReceived", ({ response }) => {
      if (response.url.endsWith(".wasm") && response.fromDiskCache !== true) fetched += 1;
    });
    await visit.open(`${house.origin}/cost-center?name=A&period=2026-02`);
    await settled(page);
    const first = await to(page, "workload-0");
    const later: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await back(page);
      later.push(await to(page, `workload-${round}`));
    }
    await page.reload();
    await settled(page);
    const wide = `${house.origin}/workload?name=${WIDE}&period=2026-02`;
    await page.goto(wide);
    await settled(page);
    const otherMonths: number[] = [];
    for (let round = 0; round < rounds; round += 1) otherMonths.push(await otherMonth(browser, house));
    const [still, moving] = [await frames(page, 0), await frames(page, 173)];
    const name = "100,200 usage-type rows";
    return [
      benchmark(
        "parquet-wasm fetched, through all drill-downs and a reload",
        fetched,
        1,
        "kept by the browser under its hash",
      ),
      benchmark(
        `first drill-down, ${name}, in ms`,
        first,
        median(later),
        "loads parquet-wasm; against a later one",
      ),
      benchmark(
        `later drill-down, ${name}, in ms`,
        median(later),
        MOST.drillDown,
        "another workload of the month; against the most allowed",
      ),
      benchmark(
        `drill-down in another month, ${name}, in ms`,
        median(otherMonths),
        MOST.drillDown,
        "fetches and decodes that month's file; against the most allowed",
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
    await house.close();
  }
}

// Inside the page: clicks a link, and tells after how many ms what it leads to was painted.
const ARRIVES = `(selector, isThere) => new Promise((resolve, reject) => {
  const link = document.querySelector(selector);
  if (link === null) return reject(new Error("No link " + selector + " is drawn."));
  const start = performance.now();
  const look = () => {
    if (isThere()) return requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    if (performance.now() - start > 20_000) return reject(new Error(selector + " led nowhere."));
    requestAnimationFrame(look);
  };
  link.click();
  look();
})`;

/** The usage types of the month and workload that are asked for are drawn, and not those of the month before. */
const isDrawn = (name: string, month: string, against: string) =>
  `() => document.querySelector("h1")?.textContent.includes(${JSON.stringify(name)}) &&
    location.search.includes(${JSON.stringify(month)}) &&
    document.querySelector('main[aria-busy="false"]') !== null &&
    [...document.querySelectorAll("main th")].some((head) => head.textContent.includes(${JSON.stringify(`against ${against}`)})) &&
    [...document.querySelectorAll("main tbody code")].some((code) => code.textContent.includes("BoxUsage"))`;

const to = (page: Page, name: string) =>
  page.evaluate<number>(
    `(${ARRIVES})('main a[href^="/workload?name=${name}&"]', ${isDrawn(name, "2026-02", "January 2026")})`,
  );

/** Two drill-downs into a month, then the same workload in another one, whose file nobody asked for yet. */
async function otherMonth(browser: Browser, house: Site): Promise<number> {
  const visit = await watched(browser);
  try {
    const { page } = visit;
    await visit.open(`${house.origin}/cost-center?name=A&period=2026-02`);
    await settled(page);
    await to(page, "workload-0");
    await back(page);
    await to(page, "workload-20");
    return await page.evaluate<number>(
      `(${ARRIVES})('nav a[href*="period=2026-01"]', ${isDrawn("workload-20", "2026-01", "December 2025")})`,
    );
  } finally {
    await visit.close();
  }
}

async function back(page: Page): Promise<void> {
  await page.goBack();
  await page.locator('main a[href^="/workload?name=workload-1&"]').waitFor();
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

/** 500 cost centers, 5,000 workloads and 60 months, against the demo company's page. */
export async function manyCenters(browser: Browser, rounds = 5): Promise<readonly Benchmark[]> {
  const [many, few] = [await manyHouse(), await demoSite()];
  try {
    const times: { readonly ours: Opened; readonly other: Opened }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push({ ours: await opened(browser, many), other: await opened(browser, few) });
    }
    const middle = (what: keyof Opened) =>
      [median(times.map((time) => time.ours[what])), median(times.map((time) => time.other[what]))] as const;
    const house = "500 cost centers, 5,000 workloads, 60 months";
    const against = "against the demo company's";
    return [
      benchmark(`${house}: first figure, in ms`, ...middle("firstFigure"), against),
      benchmark(`${house}: the whole overview, in ms`, ...middle("whole"), against),
      benchmark(
        `${house}: longest task, in ms`,
        median(times.map((time) => time.ours.longestTask)),
        MOST.task,
        "all months drawn; against the most allowed of the demo company's",
      ),
    ];
  } finally {
    await many.close();
    await few.close();
  }
}

interface Opened {
  readonly firstFigure: number;
  readonly whole: number;
  readonly longestTask: number;
}

async function opened(browser: Browser, site: Site): Promise<Opened> {
  const visit = await watched(browser);
  try {
    const { firstFigure } = await visit.open(`${site.origin}/?months=all`);
    await settled(visit.page);
    const whole = await visit.page.evaluate<number>("performance.now()");
    return { firstFigure, whole, longestTask: (await visit.beginning()).longestTask };
  } finally {
    await visit.close();
  }
}
