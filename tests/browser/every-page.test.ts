import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { barriers, collisions, overflow, screens, textOf, type Visit, visit } from "../support/page-visit.ts";
import { demoSiteWithApi, idsOf, type TestSite } from "../support/test-site.ts";

/** Every page of the demo company: its address, its heading, and a text that only it has. */
const every = [
  { address: "/", heading: "What did we spend? March 2026", text: "7 of 31 days, so far" },
  {
    address: "/?period=2026-02&open=Storefront",
    heading: "What did we spend? February 2026",
    text: "Cost centers",
  },
  {
    address: "/cost-center?period=2026-02&name=Data+Platform",
    heading: "Data Platform",
    text: "etl-nightly",
  },
  { address: "/workload?period=2026-02&name=data-lake", heading: "data-lake", text: "Why did it change?" },
  { address: "/storage", heading: "Storage", text: "Glacier Deep Archive" },
  { address: "/published", heading: "Published", text: "cost-by-usage-type.parquet" },
  { address: "/plans", heading: "Plans", text: "The 2 open plans would" },
  { address: "/plan?id={newest}", heading: "storefront", text: "What becomes of this plan" },
  { address: "/compare?id={older}&with={newest}", heading: "storefront", text: "What differs" },
  { address: "/plan", heading: "Which plan?", text: "This address names no plan" },
  { address: "/drift", heading: "Drift", text: "The last good result is" },
  { address: "/budgets", heading: "Budgets", text: "Innovation lab" },
  { address: "/budget", heading: "New budget", text: "What it limits" },
  { address: "/budget?id=machine-learning", heading: "Machine Learning", text: "Delete this budget" },
  { address: "/nowhere", heading: "Page not found", text: "To the overview" },
  { address: "/?period=2019-01", heading: "January 2019 is not published", text: "Choose a month above" },
];

/** The same pages for special names, tested in light colors only. */
const others = [
  {
    address: "/cost-center?name=Uncategorized",
    heading: "Uncategorized",
    text: "Workloads",
  },
  { address: "/workload?name=Untagged", heading: "Untagged", text: "What was used?" },
  { address: "/workload?name=missing", heading: "Not in March 2026", text: "missing has no cost" },
];

let site: TestSite;
let browser: Browser;
/** The plans of the shop, by the words that stand for them in addresses above. */
let plans: Readonly<Record<string, string>>;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSiteWithApi(), openBrowser()]);
  const [newest = "", older = ""] = await idsOf(site, "/plans?project=storefront");
  plans = { newest, older };
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe.each(screens)("every page on a $name screen", (screen) => {
  const pages = screen.colorScheme === "light" ? [...every, ...others] : every;
  let seen: Visit;
  beforeAll(async () => {
    seen = await visit(browser, site, screen);
  });
  afterAll(() => seen?.close());

  it.each(pages)("$address", async ({ address, heading, text }) => {
    await seen.open(address.replace(/\{(\w+)\}/g, (_, word: string) => plans[word] ?? ""));
    expect(await textOf(seen.page, "h1")).toBe(heading);
    expect(await textOf(seen.page)).toContain(text);
    expect(await seen.page.title()).toMatch(/Dapanoskop$/);
    expect(await overflow(seen.page), "CSS pixels beyond the screen").toBe(0);
    expect(await collisions(seen.page), "names over figures").toEqual([]);
    // In dark appearance only the colors differ.
    const rules = screen.colorScheme === "dark" ? ["color-contrast", "link-in-text-block"] : null;
    expect(await barriers(seen.page, rules)).toEqual([]);
    expect(seen.problems).toEqual([]);
  });

  it("in high contrast", async () => {
    await seen.open("/");
    await seen.page.getByRole("combobox", { name: "Appearance" }).selectOption("High contrast");
    expect(await barriers(seen.page, ["color-contrast"])).toEqual([]);
  });

  it("makes no request to another origin", () => {
    expect(seen.requests.length).toBeGreaterThan(pages.length);
    expect(seen.requests.filter((request) => !request.startsWith("/"))).toEqual([]);
  });
});
