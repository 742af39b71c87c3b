import { join } from "node:path";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import { type Bill, billSource, type Charge } from "@dapanoskop/core/source";
import { categorise } from "@dapanoskop/core/usage";
import type { Summary } from "@dapanoskop/dataset";
import { demoCompany } from "@dapanoskop/emulator";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { type Account, anAccount, pagesOf, summaryIn } from "./support/an-account.ts";
import {
  appOf,
  centerOf,
  chargesIn,
  double,
  isS3Storage,
  isUntaggable,
  monthBefore,
  monthSpan,
  proportional,
  type Span,
  s3Volume,
  sumBy,
  total,
  unitsOff,
} from "./support/oracle.ts";

// A company's bill is collected twice through the whole system: emulator, AWS SDK, ledger, folder, report. Then every
// published figure is computed again from single charges.

const YESTERDAY = "2026-03-07T06:00:00Z";
const TODAY = "2026-03-08T06:00:00Z";

/** The days of each month in the last collection: the running month ends before today. */
const spanOf = (month: string): Span =>
  month === "2026-03" ? { start: "2026-03-01", end: "2026-03-08" } : monthSpan(month);

let account: Account;
let bill: Bill;
let first: CommandResult;
let ordinary: CommandResult;
let ordinaryPages = 0;
let months: readonly string[] = [];
const summaries = new Map<string, Summary>();

const spans = new Map<string, readonly Charge[]>();
const charges = ({ start, end }: Span): readonly Charge[] => {
  const existing = spans.get(start + end) ?? chargesIn(bill.charges, { start, end });
  spans.set(start + end, existing);
  return existing;
};

beforeAll(async () => {
  bill = demoCompany({ at: TODAY });
  account = await anAccount({ source: billSource(bill, { at: TODAY }), historyMonths: 38 });
  first = await account.collect(YESTERDAY, "--backfill", "13");
  const before = pagesOf(account.emulator.requests).length;
  ordinary = await account.collect(TODAY);
  ordinaryPages = pagesOf(account.emulator.requests).length - before;
  months = Array.from({ length: 14 }, (_, ago) => monthBefore("2026-03", ago));
  for (const month of months) summaries.set(month, await summaryIn(account.store, month));
}, 60_000);

afterAll(() => account?.close());

describe("the demo company's days", () => {
  it("begin with thirteen closed months and the running one; the next collection reads both open months", () => {
    expect([first.code, ordinary.code]).toEqual([0, 0]);
    expect(first.out.match(/^20\d\d-\d\d {2}published/gm)).toHaveLength(14);
    expect(ordinary.out.match(/^20\d\d-\d\d {2}published/gm)).toEqual([
      "2026-03  published",
      "2026-02  published",
    ]);
  });

  it("request at most seven pages on an ordinary day, counted by the emulator, and publish that count", () => {
    expect(ordinaryPages).toBeGreaterThan(0);
    expect(ordinaryPages).toBeLessThanOrEqual(7);
    expect(summaries.get("2026-03")?.requests.pages).toBe(ordinaryPages);
  });

  it("pass the verification of every file and every sum", async () => {
    const { code, out } = await dapanoskop(["verify", "--store", account.store]);
    expect(out).toContain("Everything is as it was published, and adds up.");
    expect(code).toBe(0);
  });

  it("have the published figures in the terminal and in JSON", async () => {
    const text = await dapanoskop(["show", "--store", account.store], { at: TODAY });
    expect(text.out).toContain("Dapanoskop · March 2026, 7 of 31 days");
    const json = await dapanoskop(["show", "--store", account.store, "--json"], { at: TODAY });
    const report = JSON.parse(json.out) as ReportDocument;
    const march = summaries.get("2026-03");
    expect(report.total_cost).toBe(march?.totals.current_cost_usd);
    expect(report.cost_centers.map(({ name, cost }) => [name, cost])).toEqual(
      march?.cost_centers.map(({ name, current_cost_usd }) => [name, current_cost_usd]),
    );
    expect(report.months.map(({ period, total_cost }) => [period, total_cost])).toEqual(
      [...months].reverse().map((month) => [month, double(total(charges(spanOf(month))))]),
    );
  });
});

describe("every published figure, computed again from single charges", () => {
  /** The periods of a month's summary, each by the name of its figure. */
  const sidesOf = (month: string) =>
    [
      ["current_cost_usd", spanOf(month)],
      ["prev_month_cost_usd", monthSpan(monthBefore(month, 1))],
      ["yoy_cost_usd", monthSpan(monthBefore(month, 12))],
      ...(month === "2026-03"
        ? [["prior_partial_cost_usd", { start: "2026-02-01", end: "2026-02-08" }] as const]
        : []),
    ] as const;

  const eachMonth = (check: (summary: Summary, month: string) => void) => {
    expect(summaries.size).toBe(14);
    for (const [month, summary] of summaries) check(summary, month);
  };

  it("has the totals of the month, the month before, the year before and the same days, to the last digit", () => {
    eachMonth(({ totals }, month) => {
      for (const [figure, span] of sidesOf(month)) {
        const counted = charges(span);
        expect(counted.length, `${month} ${figure}`).toBeGreaterThan(0);
        expect(totals[figure], `${month} ${figure}`).toBe(double(total(counted)));
      }
      expect("prior_partial_cost_usd" in totals).toBe(month === "2026-03");
    });
  });

  it("has each workload in each cost center, shared costs split by the targets' own cost", () => {
    const rule = bill.costCategories[0]?.splitCharges[0];
    if (rule === undefined) throw new Error("The demo company splits shared costs.");
    eachMonth(({ cost_centers: centers }, month) => {
      for (const [figure, span] of sidesOf(month)) {
        const counted = charges(span);
        const expected = proportional(counted, rule);
        const places = new Set<string>();
        for (const center of centers) {
          const name = center.kind === "uncategorized" ? null : center.name;
          for (const workload of center.workloads) {
            const app = workload.kind === "untagged" ? null : workload.name;
            places.add(JSON.stringify([name, app]));
            // A share is a whole number of units; the ledger decides which of two shares gets a remaining unit.
            const off = unitsOff(workload[figure] ?? Number.NaN, expected(name, app));
            expect(off, `${month} ${figure} ${center.name} ${workload.name}`).toBeLessThanOrEqual(1);
          }
        }
        for (const charge of counted) {
          const [center, app] = [centerOf(charge), appOf(charge)];
          if (center === rule.source || places.has(JSON.stringify([center, app]))) continue;
          expect(double(total(counted.filter((one) => centerOf(one) === center && appOf(one) === app)))).toBe(
            0,
          );
        }
      }
    });
  });

  it("has each center's own cost and the cost allocated to it", () => {
    eachMonth(({ cost_centers: centers }, month) => {
      const direct = sumBy(charges(spanOf(month)), centerOf);
      for (const center of centers) {
        const own = direct.get(center.kind === "uncategorized" ? null : center.name) ?? 0n;
        expect(center.direct_cost_usd, `${month} ${center.name}`).toBe(double(own));
      }
      const shared = centers.find(({ name }) => name === "Shared Platform");
      expect(shared).toMatchObject({ current_cost_usd: 0, workloads: [] });
      expect(shared?.allocated_cost_usd).toBe(-(shared?.direct_cost_usd ?? Number.NaN));
    });
  });

  it("has the volume, the hot share and the cost of S3 storage", () => {
    eachMonth(({ storage_metrics: storage }, month) => {
      const counted = charges(spanOf(month));
      const volume = s3Volume(counted);
      const [days, elapsed] = month === "2026-03" ? [31n, 7n] : [1n, 1n];
      const bytes = Number((volume.all * days) / (elapsed * 10n ** 12n));
      // Each of the dozen storage classes is rounded to whole bytes.
      expect(Math.abs((storage.total_volume_bytes ?? 0) - bytes), month).toBeLessThanOrEqual(12);
      const tenths = Number((volume.hot * 10_000n) / volume.all) / 100;
      expect(Math.abs((storage.hot_tier_percentage ?? 0) - tenths), month).toBeLessThanOrEqual(0.06);
      const cost = total(counted.filter(isS3Storage));
      expect(storage.total_cost_usd, month).toBe(double(cost));
      const perTb = (Number(cost) / 1e12 / (Number(volume.all) / 1e12)) * 2 ** 40;
      expect(Math.abs((storage.cost_per_tb_usd ?? 0) - perTb), month).toBeLessThanOrEqual(0.006);
      const before = charges(monthSpan(monthBefore(month, 1)));
      expect(storage.prev_month_cost_usd, month).toBe(double(total(before.filter(isS3Storage))));
    });
  });

  it("has the tagged, untagged and untaggable spend", () => {
    eachMonth(({ tagging_coverage: coverage }, month) => {
      const counted = charges(spanOf(month));
      const tagged = counted.filter((charge) => appOf(charge) !== null);
      const untaggable = counted.filter((charge) => appOf(charge) === null && isUntaggable(charge));
      const untagged = counted.filter((charge) => appOf(charge) === null && !isUntaggable(charge));
      expect(coverage, month).toMatchObject({
        tagged_cost_usd: double(total(tagged)),
        untagged_cost_usd: double(total(untagged)),
        untaggable_cost_usd: double(total(untaggable)),
      });
      const share = Number((total(tagged) * 100_000n) / (total(tagged) + total(untagged))) / 1_000;
      expect(Math.abs((coverage.tagged_percentage ?? 0) - share), month).toBeLessThanOrEqual(0.051);
    });
  });

  it("has the source's own total, without a residual", () => {
    eachMonth(({ reconciliation }, month) => {
      expect(reconciliation, month).toEqual({
        source_total_usd: double(total(charges(spanOf(month)))),
        difference_usd: 0,
        residuals: [],
      });
    });
  });

  it("has a forecast that begins on the day after the month to date", () => {
    const { totals } = summaries.get("2026-03") ?? {};
    const { forecast } = totals ?? {};
    expect(forecast).toMatchObject({ start: "2026-03-08", end: "2026-04-01" });
    expect(forecast?.remaining_usd).toBeGreaterThan(0);
    expect(forecast?.total_usd).toBeCloseTo(
      (totals?.current_cost_usd ?? 0) + (forecast?.remaining_usd ?? 0),
      9,
    );
  });

  it("has each workload's usage types in parquet, for three periods and the same days, as another engine reads them", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const month of ["2026-03", "2026-02", "2025-07"]) {
      const rowsIn = async (file: string) => {
        const reader = await connection.runAndReadAll(
          `SELECT workload, usage_type, category, period, cost_usd, usage_quantity FROM read_parquet('${join(account.store, month, file)}')`,
        );
        return reader.getRowObjectsJS();
      };
      const rows = await rowsIn("cost-by-usage-type.parquet");
      const sameDays = await rowsIn("cost-by-usage-type-like-for-like.parquet");
      expect(new Set(sameDays.map((row) => row.period))).toEqual(
        new Set(month === "2026-03" ? ["2026-02"] : []),
      );
      for (const [figure, span] of sidesOf(month)) {
        const period =
          figure === "current_cost_usd" ? month : monthBefore(month, figure === "yoy_cost_usd" ? 12 : 1);
        const counted = charges(span);
        const from = figure === "prior_partial_cost_usd" ? sameDays : rows;
        const mine = from.filter((row) => row.period === period);
        const name = (workload: unknown, usageType: unknown) => JSON.stringify([workload, usageType]);

        const costs = sumBy(counted, (charge) => name(appOf(charge) ?? "Untagged", charge.usageType));
        const quantities = new Map<string, bigint>();
        const units = new Map<string, Set<string>>();
        for (const charge of counted) {
          const key = name(appOf(charge) ?? "Untagged", charge.usageType);
          quantities.set(key, (quantities.get(key) ?? 0n) + (charge.quantity?.units ?? 0n));
          if (charge.quantity === null) continue;
          units.set(key, (units.get(key) ?? new Set()).add(charge.quantity.unit));
        }
        const published = new Map<string, { cost: number; quantity: number | null; rows: number }>();
        for (const row of mine) {
          const key = name(row.workload, row.usage_type);
          const before = published.get(key) ?? { cost: 0, quantity: 0, rows: 0 };
          const quantity = row.usage_quantity === null ? null : Number(row.usage_quantity);
          published.set(key, {
            cost: before.cost + Number(row.cost_usd),
            quantity: quantity === null || before.quantity === null ? null : before.quantity + quantity,
            rows: before.rows + 1,
          });
        }
        expect([...published.keys()].sort(), period).toEqual([...costs.keys()].sort());
        for (const [key, { cost, quantity, rows: parts }] of published) {
          const exact = costs.get(key) ?? 0n;
          if (parts === 1) expect(cost, `${period} ${key}`).toBe(double(exact));
          else expect(cost, `${period} ${key}`).toBeCloseTo(double(exact), 9);
          if (quantity === null) continue;
          expect(units.get(key)?.size ?? 0, `${period} ${key}`).toBeLessThanOrEqual(1);
          if (parts === 1) expect(quantity, `${period} ${key}`).toBe(double(quantities.get(key) ?? 0n));
        }

        // Each charge contains its service, so this test computes its category without the pipeline's queries.
        const categories = sumBy(
          counted,
          ({ service, usageType }) => categorise(service, usageType).category,
        );
        for (const [category, exact] of categories) {
          const matching = mine.filter((row) => row.category === category);
          const sum = matching.reduce((all, row) => all + BigInt(Math.round(Number(row.cost_usd) * 1e9)), 0n);
          // Each row is rounded to 10^-9, so that the sum is exact.
          expect(Math.abs(Number(sum) / 1e9 - double(exact)), `${period} ${category}`).toBeLessThan(1e-6);
        }
      }
    }
    connection.closeSync();
  });
});
