import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import { visible } from "@dapanoskop/core/text";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dapanoskop } from "../../packages/cli/src/testing/run-command.ts";
import { aBill, aCharge } from "../support/a-bill.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { hostileNames } from "../support/hostile-names.ts";
import { barriers, overflow, screens } from "../support/page-visit.ts";
import { billSite, demoSite, type TestSite } from "../support/test-site.ts";

// A month as one HTML file: it is attached to a mail, opened from a disk and printed.

/** What a mail can carry without a thought, in bytes. */
const LARGEST = 150_000;
const RUNNING = "2026-03";
const CLOSED = "2026-02";

let site: TestSite;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [site, browser, folder] = await Promise.all([
    demoSite(),
    openBrowser(),
    mkdtemp(join(tmpdir(), "dapanoskop-month-file-")),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const htmlOf = async (period: string, { folder: store }: Pick<TestSite, "folder"> = site) => {
  const { code, out, err } = await dapanoskop(["report", "html", "--store", store ?? "", "--period", period]);
  expect(err).toBe("");
  expect(code).toBe(0);
  return out;
};

/** Opens a text as a file, and runs a function with its page and every address that the page requested. */
async function opened<Result>(
  html: string,
  options: BrowserContextOptions,
  use: (page: Page, requests: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const path = join(folder, "report.html");
  await writeFile(path, html);
  const context = await newContext(browser, { offline: true, ...options });
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    const problems: string[] = [];
    context.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(pathToFileURL(path).href);
    const result = await use(page, requests);
    expect(problems).toEqual([]);
    return result;
  } finally {
    await context.close();
  }
}

/** The rows of a table as texts. */
const rowsOf = (page: Page, name: string) =>
  page
    .getByRole("table", { name })
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.children].map((cell) => (cell.textContent ?? "").replaceAll(/\s+/g, " ").trim()),
      ),
    );

/** `$1,234.50` or `−$3.00` in cents; a shape or a remark beside it is left out. */
const centsIn = (text = ""): number => {
  const [, minus, amount = ""] = /([+−]?)\$([\d,]+\.\d\d)/.exec(text) ?? [];
  return (minus === "−" ? -1 : 1) * Number(amount.replaceAll(/[,.]/g, ""));
};

const sumOf = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);

describe("the one-file report of the demo company", () => {
  it("is at most 150 kB in every month, and the same bytes each time", async () => {
    const { out } = await dapanoskop(["show", "--json", "--store", site.folder ?? ""]);
    const { published_periods: periods } = JSON.parse(out) as ReportDocument;
    expect(periods.length).toBe(14);
    for (const period of periods)
      expect(Buffer.byteLength(await htmlOf(period))).toBeLessThanOrEqual(LARGEST);
    expect(await htmlOf(CLOSED)).toBe(await htmlOf(CLOSED));
  });

  it("is complete without a script, and requests nothing but itself", async () => {
    const html = await htmlOf(RUNNING);
    expect(html).not.toMatch(
      /<script|<link|<img|<iframe|\ssrc=|url\((?!#)|@import|\son[a-z]+=|<!--|\sstyle=/i,
    );
    expect(
      [...html.matchAll(/\shref="([^"]*)"/g)].filter(([, href = ""]) => !href.startsWith("#term-")),
    ).toEqual([]);
    await opened(html, { javaScriptEnabled: false }, async (page, requests) => {
      expect(requests).toHaveLength(1);
      expect(requests[0]).toMatch(/^file:/);
      expect(await page.title()).toBe("March 2026 · Dapanoskop");
      const sections = await page.locator("h1, h2").allTextContents();
      expect(sections).toEqual([
        "What did we spend? March 2026",
        "Cost by month",
        "Cost centers",
        "What changed most",
        "What the total consists of",
        "Storage",
        "Volume by tier",
        "Tiers",
        "Can I trust these figures?",
        "What was used",
        "What the terms mean",
      ]);
      // Styles apply: the policy names the hash of the style sheet.
      const total = page.locator("main p").first();
      expect((await total.boundingBox())?.height).toBeGreaterThan(40);
    });
  });

  it.each([CLOSED, RUNNING])("has the figures of show --json: %s", async (period) => {
    const { out } = await dapanoskop(["show", "--json", "--store", site.folder ?? "", "--period", period]);
    const report = JSON.parse(out) as ReportDocument;
    await opened(await htmlOf(period), { javaScriptEnabled: false }, async (page) => {
      const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
      expect(text).toContain(dollars(report.total_cost));
      expect(text).toContain(`against ${report.against}`);
      for (const { cost } of report.comparisons) expect(text).toContain(dollars(cost ?? Number.NaN));
      if (report.forecast) expect(text).toContain(dollars(report.forecast.total));

      const costs = await rowsOf(page, "Cost centers and their workloads");
      const expected = report.cost_centers.flatMap((center) => [center, ...center.workloads]);
      expect(costs.map(([name]) => name)).toEqual(expected.map(({ name }) => visible(name, 60)));
      for (const [at, { cost, change }] of expected.entries()) {
        const [, shown, changed] = costs[at] ?? [];
        // Displayed parts add up to their displayed total, so one of them may be a cent off its own rounding.
        expect(Math.abs(centsIn(shown) - 100 * cost)).toBeLessThanOrEqual(1);
        if (change.difference !== null && change.direction !== "unchanged")
          expect(Math.abs(centsIn(changed) - 100 * change.difference)).toBeLessThanOrEqual(1);
      }
      for (const { label, cost } of report.charges) expect(text).toContain(`${label} ${dollars(cost)}`);
      const tiers = await rowsOf(page, "Storage by tier");
      expect(tiers.map(([tier]) => tier)).toEqual(report.storage.tiers.map(({ tier }) => tier));
      for (const [at, { cost }] of report.storage.tiers.entries())
        expect(Math.abs(centsIn(tiers[at]?.[4]) - 100 * cost)).toBeLessThanOrEqual(1);
      expect(sumOf(tiers.map((cells) => centsIn(cells[4])))).toBe(
        Math.round(100 * (report.storage.cost ?? 0)),
      );
      const months = await rowsOf(page, "Cost by month and cost center");
      const totals = months.map((cells) => centsIn(cells[7]));
      expect(totals).toEqual(report.months.slice(-13).map(({ total_cost }) => Math.round(100 * total_cost)));
      for (const cells of months) expect(sumOf(cells.slice(1, 7).map(centsIn))).toBe(centsIn(cells[7]));
    });
  });

  it("names every month's bar, every step and every share of a drawing as text too", async () => {
    await opened(await htmlOf(CLOSED), {}, async (page) => {
      const drawings = await page.locator("svg:not([aria-hidden]):not([role=img])").count();
      expect(drawings).toBe(0);
      expect(await page.locator("svg[role=img]").count()).toBe(1);
      expect(await rowsOf(page, "Cost by month and cost center")).toHaveLength(13);
      const steps = await page.locator("h3 ~ div dl").count();
      expect(steps).toBe(5);
    });
  });

  it("lists what was used so that it adds up to the month", async () => {
    for (const period of [CLOSED, RUNNING]) {
      await opened(await htmlOf(period), {}, async (page) => {
        const table = page.getByRole("table", { name: "Workloads and what they used" });
        const amounts = async (depth: number) =>
          (await table.locator(`tbody tr[data-depth="${depth}"] td:nth-child(2)`).allTextContents()).map(
            centsIn,
          );
        const total = centsIn((await table.locator("tfoot td").first().textContent()) ?? "");
        expect(sumOf(await amounts(0))).toBe(total);
        const [others = 0] = (
          await table
            .locator("tbody tr", { hasText: "Other workloads" })
            .locator("td:nth-child(2)")
            .allTextContents()
        ).map(centsIn);
        expect(sumOf(await amounts(1)) + others).toBe(total);
      });
    }
  });

  it.each(screens)(
    "has no barrier for a reader, and no side scrolls: $name",
    async ({ width, height, colorScheme }) => {
      for (const period of [CLOSED, RUNNING]) {
        await opened(await htmlOf(period), { viewport: { width, height }, colorScheme }, async (page) => {
          expect(await barriers(page)).toEqual([]);
          expect(await overflow(page)).toBe(0);
          expect(
            await page.evaluate(
              "[...document.querySelectorAll('a')].filter(({ hash }) => document.getElementById(hash.slice(1)) === null).length",
            ),
          ).toBe(0);
        });
      }
    },
  );

  it("prints as A4: every row once, none across two pages, and no drawing wider than the paper", async () => {
    await opened(await htmlOf(CLOSED), { viewport: { width: 688, height: 1000 } }, async (page) => {
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const pages = pdf.match(/\/Type\s*\/Page\b/g) ?? [];
      expect(pages.length).toBeGreaterThan(3);
      expect(pages.length).toBeLessThanOrEqual(10);
      expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
      await page.emulateMedia({ media: "print" });
      const isVisible = "({ offsetHeight }) => offsetHeight > 0";
      expect(await page.evaluate(`[...document.querySelectorAll("tr")].every(${isVisible})`)).toBe(true);
      expect(
        await page.evaluate(
          `[...new Set([...document.querySelectorAll("tr")].map((row) => getComputedStyle(row).breakInside))]`,
        ),
      ).toEqual(["avoid"]);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll("svg, table")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.parentElement.ariaLabel)`,
        ),
      ).toEqual([]);
    });
  });
});

// Parquet holds whole characters only, so the usage of a name with half of one is published under another name.
const names = hostileNames.filter((name) => !/\p{Cs}/u.test(name));

describe("hostile names", () => {
  it("bring no element, attribute or link into the file", async () => {
    expect(names.length).toBeGreaterThan(280);
    const hostile = await skeletonOf(names);
    expect(hostile.skeleton).toEqual((await skeletonOf(names.map((_, at) => `name ${at}`))).skeleton);
    expect(hostile.text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    // No tag and our own words for that are published under other names.
    for (const name of names.filter((each) => !/^(Untagged|Uncategorized)|^$/.test(each)))
      expect(hostile.names).toContain(visible(name, 60));
  }, 180_000);

  /** The elements of a file with their attributes' names and links, in order, of a bill with these names. */
  async function skeletonOf(all: readonly string[]) {
    const neighbor = (at: number, by: number) => all[(at + by) % all.length] ?? "";
    const bill = aBill(
      ["2026-02-01", "2026-03-01"].flatMap((day, month) =>
        all.map((app, at) =>
          aCharge(day, {
            app,
            center: neighbor(at, 1),
            usageType: neighbor(at, 2),
            cost: String(10 * (at + 1) * (month + 1)),
          }),
        ),
      ),
    );
    const own = await billSite(bill, "2026-03-04T06:00:00Z", 1);
    try {
      return await opened(await htmlOf(RUNNING, own), {}, async (page) => ({
        skeleton: await page.evaluate<readonly string[]>(`[...document.querySelectorAll("*")].map((each) =>
          [each.localName, ...[...each.attributes].map(({ name, value }) => (name === "href" ? value : name))].join(" "))`),
        text: (await page.locator("main").innerText()).replaceAll(/\s/g, ""),
        names: await page.locator("bdi").allTextContents(),
      }));
    } finally {
      await own.close();
    }
  }
});

describe("dapanoskop report html", () => {
  const run = (...more: readonly string[]) =>
    dapanoskop(["report", "html", "--store", site.folder ?? "", ...more], { terminal: 100 });

  it("writes the newest month into the named file, and replaces one of that name", async () => {
    const path = join(folder, "newest.html");
    await writeFile(path, "an older report");
    const { code, out, err } = await run("-o", path);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/^Wrote the report of 2026-03 to \S+newest\.html, \d+ kB\.\n$/);
    expect(await readFile(path, "utf8")).toBe(await htmlOf(RUNNING));
  });

  it("writes to a pipe without a file, and to a terminal only when asked", async () => {
    expect(await run()).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("name a file for it"),
    });
    expect(await run("--output", "-", "--period", CLOSED)).toMatchObject({
      code: 0,
      out: await htmlOf(CLOSED),
    });
  });

  it("says which months there are, and where the file cannot be written", async () => {
    expect(await run("--period", "2019-01", "-o", "-")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^2019-01 is not published\. Published: 2026-03, /),
    });
    expect(await run("-o", join(folder, "no", "such.html"))).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /could not be written to \S+such\.html \(ENOENT\)\. Check that its folder exists/,
      ),
    });
  });
});

const dollars = (amount: number) =>
  `${amount < 0 ? "−" : ""}$${Math.abs(amount).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
