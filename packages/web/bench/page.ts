import { type Benchmark, benchmark, median } from "@dapanoskop/core/bench";
import type { Browser } from "playwright-core";
import { buildPageWhenNeeded } from "../../../scripts/build-page.mjs";
import { demoSite, type Site } from "../../../tests/support/a-site.ts";
import { settled } from "../../../tests/support/a-visit.ts";
import { openBrowser } from "../../../tests/support/browser.ts";
import { drillDown } from "./drill-down.ts";
import { manyHouse } from "./large-houses.ts";
import { parquetFirstSite } from "./variant-site.ts";
import { SLOW, type Watched, watched } from "./watch.ts";

/** What the page is held to. Sizes in bytes, times in ms. */
const MOST = { code: 60_000, files: 3, firstFigure: 1_000, task: 200, shift: 0.02 };

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
