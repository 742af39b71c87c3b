import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dapanoskop } from "../../packages/cli/src/testing/run-command.ts";
import { openBrowser } from "../support/browser.ts";
import { parseCsv } from "../support/csv.ts";
import { downloaded, settled, textOf, type Visit, visit } from "../support/page-visit.ts";
import { DEMO_DAY, demoSite, type TestSite } from "../support/test-site.ts";

let site: TestSite;
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  [site, browser] = await Promise.all([demoSite(), openBrowser()]);
  seen = await visit(browser, site);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A month as `dapanoskop show --json` prints it. */
async function shown(period: string): Promise<ReportDocument> {
  const { out } = await dapanoskop(["show", "--json", "--store", site.folder ?? "", "--period", period], {
    at: DEMO_DAY,
  });
  return JSON.parse(out) as ReportDocument;
}

const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
/** An amount as the page writes it. */
const money = (amount: number | null) =>
  amount === null ? "unknown" : cents.format(Math.abs(amount)).replace(/^/, amount < -0.005 ? "−" : "");
const signed = (amount: number) => (amount > 0 ? `+${money(amount)}` : money(amount));

/** The cents of an amount as the page writes it. */
const centsOf = (text: string | undefined) =>
  Math.round(100 * Number((text ?? "").replace("−", "-").replaceAll(/[$,+]/g, "")));

/** The displayed amounts add up to the displayed total to the cent, and each is its own amount, rounded up or down. */
function expectDisplayed(
  texts: readonly (string | undefined)[],
  amounts: readonly number[],
  total: string | undefined,
): void {
  expect(texts.length).toBe(amounts.length);
  const displayed = texts.map(centsOf);
  for (const [at, cents] of displayed.entries()) {
    expect(Math.abs(cents - 100 * (amounts[at] ?? Number.NaN))).toBeLessThan(2);
  }
  expect(displayed.reduce((sum, cents) => sum + cents, 0)).toBe(centsOf(total));
}

type DisplayedChange = ReportDocument["change"];
/** A change as the page writes it, without its percentage. */
const changed = ({ direction, difference }: DisplayedChange) =>
  direction === "unchanged" || difference === null ? direction : signed(difference);

/** A table's rows, each as the texts of its cells. */
async function rowsOf(page: Page, caption: string | RegExp): Promise<readonly (readonly string[])[]> {
  const rows = await page.getByRole("table", { name: caption }).locator("tbody tr").all();
  return Promise.all(
    rows.map(async (row) =>
      (await row.locator("th, td").allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim()),
    ),
  );
}

const csvButton = (page: Page, section: string) =>
  page.getByRole("region", { name: section, exact: true }).getByRole("button", { name: "CSV" });

describe.each(["2026-03", "2026-02"])("the figures of %s are those of dapanoskop show --json", (period) => {
  let report: ReportDocument;
  beforeAll(async () => {
    report = await shown(period);
    const open = report.cost_centers.map(({ name }) => `&open=${encodeURIComponent(name)}`).join("");
    await seen.open(`/?period=${period}${open}`);
  });

  it("in total, and against what it is compared with", async () => {
    const section = await textOf(seen.page, "section[aria-labelledby=month-total]");
    expect(section).toContain(money(report.total_cost));
    for (const { cost, change } of report.comparisons) {
      expect(section).toContain(money(cost));
      if (change !== undefined) expect(section).toContain(changed(change));
    }
    expect(section).toContain(money(report.forecast?.total ?? report.three_month_average));
    if (report.forecast) expect(section).toContain(changed(report.forecast.change));
  });

  it("of each cost center and workload", async () => {
    const rows = await rowsOf(seen.page, "Cost centers and their workloads");
    const expected = report.cost_centers.flatMap((center) => [center, ...center.workloads]);
    expect(rows.length).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(30);
    for (const [at, row] of expected.entries()) {
      const [name, cost, change] = rows[at] ?? [];
      expect(name?.replace(/^[▸▾] /, "")).toBe(row.name);
      expect(Math.abs(centsOf(cost) - 100 * row.cost), row.name).toBeLessThan(2);
      expect(change?.replace(/^◆ ?/, "").replace(/^[▲▼✦] ?/, ""), row.name).toBe(changed(row.change));
    }
    let at = 0;
    const totals: (string | undefined)[] = [];
    for (const center of report.cost_centers) {
      const own = rows[at];
      const workloads = rows.slice(at + 1, at + 1 + center.workloads.length);
      expectDisplayed(
        workloads.map(([, cost]) => cost),
        center.workloads.map(({ cost }) => cost),
        own?.[1],
      );
      const [direct, allocated] = [own?.at(-2), own?.at(-1)];
      if (center.allocated_cost === 0) expect([direct, allocated]).toEqual([own?.[1], ""]);
      else expectDisplayed([direct, allocated], [center.direct_cost, center.allocated_cost], own?.[1]);
      totals.push(own?.[1]);
      at += 1 + workloads.length;
    }
    expectDisplayed(
      totals,
      report.cost_centers.map(({ cost }) => cost),
      money(report.total_cost),
    );
  });

  it("in storage", async () => {
    const text = await textOf(seen.page, 'section:has(> div > h2:text-is("Storage"))');
    const storage = report.storage;
    expect(text).toContain(
      `Storage cost ${money(storage.cost)} ${storage.change.direction === "up" ? "▲" : "▼"}${changed(storage.change)}`,
    );
    expect(text).toContain(`Cost per TB ${money(storage.cost_per_tb)}`);
    expect(text).toContain(`Volume ${((storage.volume_bytes ?? 0) / 2 ** 40).toFixed(2)} TB`);
    expect(text).toContain(`Hot share ${storage.hot_percentage?.toFixed(1)} %`);
  });

  it("in tagging coverage and reconciliation", async () => {
    const text = await textOf(seen.page, 'section:has(> div > h2:text-is("Can I trust these figures?"))');
    const coverage = report.tagging_coverage;
    expect(text).toContain(`${coverage.percentage?.toFixed(1)} % Tagging coverage`);
    const [, ...shares] =
      /Tagged (−?\$[\d,.]+\d) Untagged (−?\$[\d,.]+\d) Cannot be tagged (−?\$[\d,.]+\d)/.exec(text) ?? [];
    expectDisplayed(
      shares,
      [coverage.tagged_cost, coverage.untagged_cost, coverage.untaggable_cost],
      money(report.total_cost),
    );
    // The same sentence as in the terminal and in JSON.
    expect(text).toContain(report.reconciliation.text);
  });

  it("of each month in the chart, as text", async () => {
    const bars = seen.page.getByRole("group", { name: /^Cost by month/ }).getByRole("link");
    const spoken = await bars.evaluateAll((all) => all.map((bar) => bar.getAttribute("aria-label") ?? ""));
    const months = report.months.slice(-13);
    expect(spoken.length).toBe(months.length);
    for (const [at, month] of months.entries()) {
      expect(spoken[at]).toContain(`: ${money(month.total_cost)}. `);
      if (month.three_month_average === null) expect(spoken[at]).not.toContain("average");
      else expect(spoken[at]).toContain(`Three-month average ${money(month.three_month_average)}`);
    }
  });

  it("of each storage tier", async () => {
    await seen.open(`/storage?period=${period}`);
    const rows = await rowsOf(seen.page, "Storage by tier");
    expect(rows.map(([tier]) => tier)).toEqual(report.storage.tiers.map(({ tier }) => tier));
    expectDisplayed(
      rows.map(([, , , , cost]) => cost),
      report.storage.tiers.map(({ cost }) => cost),
      money(report.storage.cost),
    );
  });
});

describe("the page of a cost center", () => {
  it("shows the figures of the overview", async () => {
    const report = await shown("2026-02");
    const center = report.cost_centers[0];
    await seen.open(`/cost-center?${new URLSearchParams({ period: "2026-02", name: center?.name ?? "" })}`);
    const [, total] = /February 2026 (−?\$[\d,.]+\d)/.exec(await textOf(seen.page)) ?? [];
    expect(Math.abs(centsOf(total) - 100 * (center?.cost ?? Number.NaN))).toBeLessThan(1);
    const rows = await rowsOf(seen.page, /^Workloads of/);
    expect(rows.map(([name]) => name)).toEqual(center?.workloads.map(({ name }) => name));
    expectDisplayed(
      rows.map(([, cost]) => cost),
      center?.workloads.map(({ cost }) => cost) ?? [],
      total,
    );
  });
});

// A closed month is compared with the month before, a running one with the same days of the month before.
describe.each([
  ["2026-02", "2026-01", "cost-by-usage-type.parquet", "January 2026"],
  ["2026-03", "2026-02", "cost-by-usage-type-like-for-like.parquet", "Feb 1–7"],
])("a workload's page in %s", (month, monthBefore, fileBefore, against) => {
  const published = async (file: string, period: string) => {
    const bytes = Uint8Array.from(await readFile(join(site.folder ?? "", month, file))).buffer;
    return (await parquetReadObjects({ file: bytes, compressors })).filter((row) => row.period === period);
  };

  /** A workload in the month's report, over all cost centers. */
  const reported = ({ cost_centers }: ReportDocument, name: string) => {
    const rows = cost_centers.flatMap(({ workloads }) => workloads.filter((row) => row.name === name));
    expect(rows.length).toBeGreaterThan(0);
    return {
      before: rows.reduce((sum, { previous_cost }) => sum + (previous_cost ?? Number.NaN), 0),
      now: rows.reduce((sum, { cost }) => sum + cost, 0),
    };
  };

  it("shows the rows of the parquet files", async () => {
    const [now, before, yearBefore] = [
      await published("cost-by-usage-type.parquet", month),
      await published(fileBefore, monthBefore),
      await published("cost-by-usage-type.parquet", month.replace("2026", "2025")),
    ];
    for (const workload of ["data-lake", "Untagged"]) {
      const report = (rows: typeof now) => {
        const own = rows.filter((row) => row.workload === workload);
        const costs = new Map(own.map(({ usage_type, cost_usd }) => [String(usage_type), Number(cost_usd)]));
        expect(costs.size, "each usage type has one row").toBe(own.length);
        return costs;
      };
      const [nowOf, beforeOf, yearOf] = [report(now), report(before), report(yearBefore)];
      await seen.open(`/workload?${new URLSearchParams({ period: month, name: workload })}`);
      const { text } = await downloaded(seen.page, () => csvButton(seen.page, "What was used?").click());
      const [head = [], ...rows] = parseCsv(text);
      const at = (title: string) => head.indexOf(title);
      const cell = (row: readonly string[], title: string) => row[at(title)] ?? "";
      expect(rows.map((row) => cell(row, "usage type")).sort()).toEqual(
        [...new Set([...nowOf.keys(), ...beforeOf.keys(), ...yearOf.keys()])].sort(),
      );
      for (const row of rows) {
        const usageType = cell(row, "usage type");
        expect(Number(cell(row, "cost (USD)")), usageType).toBeCloseTo(nowOf.get(usageType) ?? 0, 9);
        expect(Number(cell(row, "before")), usageType).toBeCloseTo(beforeOf.get(usageType) ?? 0, 9);
        const change = ["change by price", "change by quantity", "new", "gone"]
          .map((title) => Number(cell(row, title)))
          .reduce((sum, part) => sum + part, 0);
        expect(change, usageType).toBeCloseTo(
          (nowOf.get(usageType) ?? 0) - (beforeOf.get(usageType) ?? 0),
          9,
        );
      }
      const drawn = await rowsOf(seen.page, "Cost by usage type");
      const total = seen.page.getByRole("table", { name: "Cost by usage type" }).locator("tfoot td").nth(1);
      expectDisplayed(
        drawn.map((row) => row[2]),
        rows.map((row) => Number(cell(row, "cost (USD)"))),
        await total.innerText(),
      );
      expect(await seen.page.getByRole("columnheader", { name: `against ${against}` }).count()).toBe(1);
    }
  });

  it("splits the change into steps from the cost before to the cost now, as the summary has them, to the cent", async () => {
    const report = await shown(month);
    const names = [...new Set(report.movers.map(({ name }) => name))].slice(0, 6);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const { before, now } = reported(report, name);
      await seen.open(`/workload?${new URLSearchParams({ period: month, name })}`);
      const section = seen.page.getByRole("region", { name: "Why did it change?" });
      const texts = await section.locator("dl dd").allInnerTexts();
      expect(texts[0], name).toBe(money(before));
      expect(Math.abs(centsOf(texts.at(-1)) - 100 * now), name).toBeLessThan(2);
      const amounts = texts.map((text) =>
        Math.round(100 * Number(text.replace("−", "-").replaceAll(/[$,+]/g, ""))),
      );
      const [from = 0, ...steps] = amounts;
      const to = steps.pop() ?? 0;
      expect(from + steps.reduce((sum, step) => sum + step, 0), name).toBe(to);
      // The page and the section show the same change, and both say what it is compared with.
      const lead = await textOf(seen.page, 'section:has(> div > h2:text-is("Why did it change?")) p');
      expect(lead, name).toContain(`${signed(now - before)}`);
      expect(lead, name).toContain(`against ${against}`);
      expect(await textOf(seen.page, "main"), name).toContain(
        `${texts.at(-1)} ${lead.slice(0, lead.indexOf(" "))}`,
      );

      const { text } = await downloaded(seen.page, () => csvButton(seen.page, "Why did it change?").click());
      const [, ...lines] = parseCsv(text);
      const exact = lines.map(([, amount]) => Number(amount));
      expect(lines[0]?.[0]).toBe(against);
      expect(exact[0], name).toBeCloseTo(before, 9);
      expect(
        exact.slice(0, -1).reduce((sum, part) => sum + part, 0),
        name,
      ).toBeCloseTo(now, 9);
      expect(exact.at(-1), name).toBeCloseTo(now, 9);
    }
  });
});

describe("a saved file", () => {
  beforeEach(() => seen.open("/?period=2026-02"));

  it("has every cost center and workload, unrounded", async () => {
    const report = await shown("2026-02");
    const { name, text } = await downloaded(seen.page, () => csvButton(seen.page, "Cost centers").click());
    expect(name).toBe("dapanoskop-2026-02-cost-centers.csv");
    const [head, ...rows] = parseCsv(text);
    expect(head?.slice(0, 3)).toEqual(["cost center", "workload", "cost (USD)"]);
    const expected = report.cost_centers.flatMap((center) => [
      [center.name, "", center.cost, center.previous_cost],
      ...center.workloads.map((row) => [center.name, row.name, row.cost, row.previous_cost]),
    ]);
    expect(
      rows.map(([center, workload, cost, before]) => [
        center,
        workload,
        Number(cost),
        before === "" ? null : Number(before),
      ]),
    ).toEqual(expected);
  });

  it("has every month of the trend", async () => {
    const report = await shown("2026-02");
    const { text } = await downloaded(seen.page, () => csvButton(seen.page, "Cost by month").click());
    const [, ...rows] = parseCsv(text);
    const totals = new Map<string, number>();
    for (const [month = "", , cost] of rows) totals.set(month, (totals.get(month) ?? 0) + Number(cost));
    for (const month of report.months) expect(totals.get(month.period)).toBeCloseTo(month.total_cost, 6);
  });

  it("has a cost center's workloads, a month's tiers, and every collected total", async () => {
    for (const [address, section, caption, cost] of [
      ["/cost-center?name=Storefront&period=2026-02", "Workloads", /^Workloads of/, 1],
      ["/storage?period=2026-02", "Tiers", "Storage by tier", 4],
    ] as const) {
      await seen.open(address);
      const { text } = await downloaded(seen.page, () => csvButton(seen.page, section).click());
      const [head = [], ...rows] = parseCsv(text);
      const at = head.indexOf("cost (USD)");
      const drawn = await rowsOf(seen.page, caption);
      const total = seen.page
        .getByRole("table", { name: caption })
        .locator("tfoot td")
        .nth(cost - 1);
      expectDisplayed(
        drawn.map((row) => row[cost]),
        rows.map((row) => Number(row[at])),
        await total.innerText(),
      );
    }
    await seen.open("/published");
    const { text } = await downloaded(seen.page, () => csvButton(seen.page, "14 months").click());
    expect(parseCsv(text).length).toBe(15);
  });

  it("is a complete drawing, where it is an SVG", async () => {
    for (const [address, section] of [
      ["/?period=2026-02", "Cost by month"],
      ["/workload?period=2026-02&name=data-lake", "Why did it change?"],
      ["/workload?period=2026-02&name=data-lake", "Cost by month"],
      ["/storage?period=2026-02", "Volume by tier"],
    ] as const) {
      await seen.open(address);
      const { name, text } = await downloaded(seen.page, () =>
        seen.page
          .getByRole("region", { name: section, exact: true })
          .getByRole("button", { name: "SVG" })
          .click(),
      );
      expect(name).toMatch(/^dapanoskop-[\w.-]+\.svg$/);
      const shape = await seen.page.evaluate<{
        root: string;
        errors: number;
        foreign: number;
        shapes: number;
      }>(
        `(() => {
          const parsed = new DOMParser().parseFromString(${JSON.stringify(text)}, "image/svg+xml");
          const all = [...parsed.querySelectorAll("*")];
          return {
            root: parsed.documentElement.namespaceURI + " " + parsed.documentElement.localName,
            errors: parsed.querySelectorAll("parsererror").length,
            foreign: all.filter((each) => ["script", "foreignObject", "image", "use"].includes(each.localName)
              || [...each.attributes].some(({ name, value }) => /^on|^class$|href$/.test(name) || value.includes("var("))).length,
            shapes: parsed.querySelectorAll("rect").length,
          };
        })()`,
      );
      expect(shape, `${address} ${section}`).toMatchObject({
        root: "http://www.w3.org/2000/svg svg",
        errors: 0,
        foreign: 0,
      });
      expect(shape.shapes).toBeGreaterThan(4);
      expect(text.includes("The line: three-month average")).toBe(section === "Cost by month");
    }
  });
});

describe("in every time zone and language", () => {
  it.each(["Pacific/Kiritimati", "Pacific/Pago_Pago"])(
    "the running month is that of the data: %s",
    async (timezoneId) => {
      const there = await visit(browser, site, {}, { timezoneId });
      await there.page.clock.setFixedTime("2026-03-31T23:30:00Z");
      await there.open("/");
      expect(await textOf(there.page, "h1")).toContain("March 2026");
      expect(await textOf(there.page)).toContain("Feb 1–7");
      expect(await textOf(there.page, "footer")).toContain("Mar 8, 2026, 06:00 UTC");
      await there.close();
    },
  );

  it("figures and dates are written in the manner of the language", async () => {
    const report = await shown("2026-02");
    const there = await visit(browser, site, {}, { locale: "de-DE" });
    await there.open("/?period=2026-02");
    const amount = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    expect(await textOf(there.page)).toContain(amount.format(report.total_cost));
    await settled(there.page);
    expect(there.problems).toEqual([]);
    await there.close();
  });
});
