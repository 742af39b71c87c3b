import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { settled, textOf, type Visit, visit } from "../support/page-visit.ts";
import { demoSite, type TestSite } from "../support/test-site.ts";

let site: TestSite;
let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSite(), openBrowser()]);
});

afterEach(async () => {
  for (const each of visits.splice(0)) await each.close();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function aVisit(): Promise<Visit> {
  const opened = await visit(browser, site);
  visits.push(opened);
  return opened;
}

const dataOf = ({ requests }: Visit) => requests.filter((request) => request.startsWith("/data/"));
const fileOf = (request: string) => request.replace(/^\/data\/_runs\/[^/]+\//, "").replace(/^\/data\//, "");
const heavy = ({ requests }: Visit) => requests.filter((request) => /\.(wasm|parquet)$/.test(request));

describe("the first figure", () => {
  it("needs the index, the trend and one summary, each requested once, and nothing of parquet", async () => {
    const seen = await aVisit();
    await seen.open("/");
    expect(dataOf(seen).map(fileOf).sort()).toEqual(["2026-03/summary.json", "index.json", "trend-1.json"]);
    expect(heavy(seen)).toEqual([]);
    // Besides data, only the page's own files are loaded, and nothing of the 4 MB for drill-down.
    const others = seen.requests.filter((request) => !request.startsWith("/data/"));
    // config.json is read 1.5 s after the page has loaded, which a slow machine reaches before everything is drawn.
    expect(others.filter((request) => !/^\/($|icon\.svg$|config\.json$|assets\/)/.test(request))).toEqual([]);
    expect(seen.problems).toEqual([]);
  });

  it("does not wait for the trend", async () => {
    const seen = await aVisit();
    let answerTrend = () => {};
    const released = new Promise<void>((resolve) => {
      answerTrend = resolve;
    });
    await seen.page.route("**/trend-*.json", async (route) => {
      await released;
      await route.continue();
    });
    await seen.page.goto(`${site.origin}/?period=2026-02`);
    await seen.page.getByText("$88,475.79").first().waitFor();
    await seen.page.getByText("Loading the trend").waitFor({ state: "attached" });
    answerTrend();
    await settled(seen.page);
    expect(await textOf(seen.page)).toContain("Three-month average $90,171.75");
    expect(seen.problems).toEqual([]);
  });

  it("of another month needs only that month's summary", async () => {
    const seen = await aVisit();
    await seen.open("/");
    const before = dataOf(seen).length;
    await seen.page.getByRole("link", { name: "Previous month" }).click();
    await seen.page.getByRole("heading", { level: 1, name: "February 2026" }).waitFor();
    await settled(seen.page);
    expect(dataOf(seen).slice(before).map(fileOf)).toEqual(["2026-02/summary.json"]);
    await seen.page.getByRole("link", { name: "Next month" }).click();
    await seen.page.getByRole("heading", { level: 1, name: "March 2026" }).waitFor();
    await settled(seen.page);
    expect(dataOf(seen).length, "a month that was read is not read again").toBe(before + 1);
  });
});

describe("drilling down", () => {
  it("loads the parquet reader once, each month's usage once, and nothing from another origin", async () => {
    const seen = await aVisit();
    await seen.open("/?period=2026-02&open=Storefront");
    const { page } = seen;
    await page.getByRole("link", { name: "storefront-web", exact: true }).last().click();
    await page.getByRole("table", { name: "Cost by usage type" }).waitFor();
    await settled(page);
    expect(
      heavy(seen)
        .map((request) => request.replace(/^.*\//, ""))
        .sort(),
    ).toEqual(["cost-by-usage-type.parquet", expect.stringMatching(/^parquet_wasm_bg-.*\.wasm$/)]);
    for (const name of ["cart", "checkout-api"]) {
      await page.goBack();
      await page.getByRole("link", { name, exact: true }).last().click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("table", { name: "Cost by usage type" }).waitFor();
    }
    expect(heavy(seen).length).toBe(2);
    await page.getByRole("link", { name: "Previous month" }).click();
    await page.getByText("against December 2025").first().waitFor();
    await settled(page);
    expect(heavy(seen).map(fileOf).slice(2)).toEqual(["2026-01/cost-by-usage-type.parquet"]);
    expect(seen.requests.filter((request) => !request.startsWith("/"))).toEqual([]);
    expect(seen.problems).toEqual([]);
  });

  it("of a running month also loads the same days of the month before", async () => {
    const seen = await aVisit();
    await seen.open("/workload?period=2026-03&name=data-lake");
    expect(heavy(seen).map(fileOf).sort()).toEqual([
      expect.stringMatching(/^\/assets\/parquet_wasm_bg-.*\.wasm$/),
      "2026-03/cost-by-usage-type-like-for-like.parquet",
      "2026-03/cost-by-usage-type.parquet",
    ]);
    expect(seen.problems).toEqual([]);
  });

  it.each(["2026-02", "2026-03"])("works after a reload from the browser's cache: %s", async (period) => {
    const seen = await aVisit();
    const { page } = seen;
    await seen.open(`/workload?period=${period}&name=data-lake`);
    const before = await textOf(page);
    await page.reload();
    await settled(page);
    expect(await textOf(page)).toBe(before);
    const sent = await page.evaluate<Record<string, number>>(`Object.fromEntries(
      performance.getEntriesByType("resource")
        .filter(({ name }) => /[.](wasm|parquet)$|summary[.]json$/.test(name))
        .map(({ name, transferSize }) => [new URL(name).pathname, transferSize]))`);
    expect(Object.keys(sent).length).toBeGreaterThan(2);
    expect(Object.values(sent).filter((bytes) => bytes > 0)).toEqual([]);
    expect(seen.problems).toEqual([]);
  });
});

describe("an address", () => {
  it("keeps the view after a reload: sorted, searched, unfolded, all months", async () => {
    const seen = await aVisit();
    const { page } = seen;
    await seen.open("/?period=2026-02");
    const table = page.getByRole("table", { name: "Cost centers and their workloads" });
    await table.getByRole("button", { name: "%" }).click();
    await table.getByRole("button", { name: "%" }).click();
    await page.getByRole("button", { name: /^All \d+/ }).click();
    await table
      .getByRole("row", { name: /Logistics/ })
      .getByRole("button", { name: "Workloads" })
      .click();
    await page.getByRole("searchbox").fill("s");
    await settled(page);
    const query = new URL(page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      period: "2026-02",
      sort: "percent",
      months: "all",
      open: "Logistics",
      find: "s",
    });
    const before = await textOf(page);
    await page.reload();
    await settled(page);
    expect(await textOf(page)).toBe(before);
    const elsewhere = await aVisit();
    await elsewhere.open(page.url().slice(site.origin.length));
    expect(await textOf(elsewhere.page)).toBe(before);
    expect(elsewhere.problems).toEqual([]);
  });

  it("works with the back and forward buttons", async () => {
    const seen = await aVisit();
    const { page } = seen;
    await seen.open("/?period=2026-02");
    const table = page.getByRole("table", { name: "Cost centers and their workloads" });
    await table.getByRole("link", { name: "Storefront", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Storefront" }).waitFor();
    await page.getByRole("link", { name: "cart", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "cart" }).waitFor();
    await page.getByRole("link", { name: "Storage", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Storage" }).waitFor();
    const trail = ["cart", "Storefront", "What did we spend? February 2026"];
    for (const name of trail) {
      await page.goBack();
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    for (const name of [...trail.slice(0, 2).reverse(), "Storage"]) {
      await page.goForward();
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    expect(new URL(page.url()).searchParams.get("period")).toBe("2026-02");
    expect(seen.problems).toEqual([]);
  });

  it.each([
    "/?period=%00",
    "/?period=2026-99",
    "/?period=2026-02&period=2026-01",
    "/?sort=__proto__-&open=__proto__&find=%2528",
    "/workload",
    "/workload?name=",
    "/cost-center?name=%E0%A4%A",
    "/storage?period=constructor",
    "/?months=all&months=none&open=&sort=-",
  ])("that is malformed opens a page without errors: %s", async (address) => {
    const seen = await aVisit();
    await seen.page.goto(`${site.origin}${address}`);
    await settled(seen.page);
    expect((await textOf(seen.page, "h1")).length).toBeGreaterThan(3);
    expect(seen.problems).toEqual([]);
  });
});
