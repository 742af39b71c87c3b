import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import type { Browser } from "playwright-core";
import { buildPageWhenNeeded } from "../../../scripts/build-page.mjs";
import { openBrowser } from "../../../tests/support/browser.ts";
import { settled } from "../../../tests/support/page-visit.ts";
import { demoSite, type TestSite } from "../../../tests/support/test-site.ts";
import { drillDown } from "./drill-down.ts";
import { manyCentersSite } from "./large-datasets.ts";
import { type MeasuredPage, openMeasuredPage, SLOW } from "./measured-page.ts";
import { parquetFirstSite } from "./variant-site.ts";

/** Limits for the page. Sizes in bytes, times in ms. */
const LIMITS = { code: 60_000, files: 3, firstFigure: 1_000, task: 200, shift: 0.02 };

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
    const loaded = await loadedBeforeFirstFigure(browser, ours);
    const times: { readonly ours: PageStart; readonly other: PageStart; readonly bare: PageStart }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push({
        ours: await measureStart(browser, ours, "/"),
        other: await measureStart(browser, parquetFirst, "/"),
        bare: await measureStart(browser, parquetFirst, "/bare"),
      });
    }
    const own = times.map((time) => time.ours);
    const other = times.map((time) => time.other);
    const bare = times.map((time) => time.bare);
    const middle = (of: readonly PageStart[], what: keyof PageStart) => median(of.map((one) => one[what]));
    const slow = `${SLOW.cpu} times slower CPU, ${SLOW.megabits} Mbit/s, ${SLOW.latency} ms`;
    return [
      benchmark(
        "JavaScript and CSS to the first figure, in bytes",
        loaded.code,
        LIMITS.code,
        "compressed as served; against the limit",
      ),
      benchmark(
        "data files to the first figure",
        loaded.files,
        LIMITS.files,
        `against the limit; ${loaded.elsewhere} requests to other origins`,
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
        LIMITS.firstFigure,
        `${slow}; against the limit`,
      ),
      benchmark(
        "layout shift",
        middle(own, "shift"),
        LIMITS.shift,
        "until the whole overview is drawn; against the limit",
      ),
      benchmark(
        "longest task, in ms",
        middle(own, "longestTask"),
        LIMITS.task,
        `${SLOW.cpu} times slower CPU; until the whole overview is drawn; against the limit`,
      ),
    ];
  } finally {
    await parquetFirst.close();
    await ours.close();
  }
}

type PageStart = Awaited<ReturnType<MeasuredPage["open"]>>;

async function measureStart(browser: Browser, site: TestSite, path: string): Promise<PageStart> {
  const visit = await openMeasuredPage(browser, SLOW);
  try {
    const { firstFigure } = await visit.open(`${site.origin}${path}`);
    if (path === "/") await settled(visit.page);
    return { ...(await visit.pageStart()), firstFigure };
  } finally {
    await visit.close();
  }
}

/** What was loaded before the first figure was painted. */
async function loadedBeforeFirstFigure(browser: Browser, site: TestSite) {
  const visit = await openMeasuredPage(browser, SLOW);
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

/** 500 cost centers, 5,000 workloads and 60 months, against the demo company's page. */
export async function manyCenters(browser: Browser, rounds = 5): Promise<readonly Benchmark[]> {
  const [many, few] = [await manyCentersSite(), await demoSite()];
  try {
    const times: { readonly ours: Opened; readonly other: Opened }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push({ ours: await opened(browser, many), other: await opened(browser, few) });
    }
    const middle = (what: keyof Opened) =>
      [median(times.map((time) => time.ours[what])), median(times.map((time) => time.other[what]))] as const;
    const size = "500 cost centers, 5,000 workloads, 60 months";
    const against = "against the demo company's";
    return [
      benchmark(`${size}: first figure, in ms`, ...middle("firstFigure"), against),
      benchmark(`${size}: the whole overview, in ms`, ...middle("whole"), against),
      benchmark(
        `${size}: longest task, in ms`,
        median(times.map((time) => time.ours.longestTask)),
        LIMITS.task,
        "all months drawn; against the limit for the demo company",
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

async function opened(browser: Browser, site: TestSite): Promise<Opened> {
  const visit = await openMeasuredPage(browser);
  try {
    const { firstFigure } = await visit.open(`${site.origin}/?months=all`);
    await settled(visit.page);
    const whole = await visit.page.evaluate<number>("performance.now()");
    return { firstFigure, whole, longestTask: (await visit.pageStart()).longestTask };
  } finally {
    await visit.close();
  }
}
