import type { Instant, Month } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import {
  parseDocument,
  SUMMARY_FILE,
  type Summary,
  stableKey,
  summarySchema,
  type Trend,
} from "@dapanoskop/dataset";
import { folderStore } from "@dapanoskop/local/folder-store";
import { aBill, aCharge, smallCompany } from "../../../tests/support/a-bill.ts";
import { billSite, documentSite, type TestSite } from "../../../tests/support/test-site.ts";

/** Two closed months and a running one that are opened, and the months that they are compared with. */
const MONTHS = ["2025-01", "2025-02", "2025-03", "2025-12", "2026-01", "2026-02", "2026-03"];

/** A workload with 10,000 usage types. */
export const WIDE = "wide";

/**
 * A dataset with a running March. Each month has 33,400 usage-type rows: 117 workloads with 200, and one with 10,000.
 * A monthly file holds three months, so 100,200 rows; the prior period to date has a file of its own.
 */
export function wideDatasetSite(): Promise<TestSite> {
  const charges = MONTHS.flatMap((month, at) => {
    const charge = (app: string, usage: number): Charge => {
      const model = aCharge(`${month}-03`, { app, usageType: `EUC1-BoxUsage:m${usage}.large` });
      // Almost all amounts differ, so that the file does not compress better than a real one.
      return {
        ...model,
        cost: parseMoney(`${1 + at}.${String((usage * 7919 + app.length) % 1e6).padStart(6, "0")}`, "USD"),
      };
    };
    const wide = Array.from({ length: 10_000 }, (_, usage) => charge(WIDE, usage));
    const others = Array.from({ length: 23_400 }, (_, each) =>
      charge(`workload-${each % 117}`, Math.floor(each / 117)),
    );
    return [...wide, ...others];
  });
  return billSite(aBill(charges), "2026-03-10T06:00:00Z", 3);
}

const CENTERS = 500;
const WORKLOADS = 10; // of each
const HISTORY = 60; // months

/** 500 cost centers, 5,000 workloads and 60 months: the rows of a published summary and trend, multiplied. */
export async function manyCentersSite(): Promise<TestSite> {
  const at: Instant = "2026-03-01T06:00:00Z";
  const model = await aSummary(at);
  const cost = (of: number) => Math.round(((of * 7919) % 10_007) * 1e4) / 1e5;
  const cost_centers = Array.from({ length: CENTERS }, (_, center): Summary["cost_centers"][number] => {
    const workloads = Array.from({ length: WORKLOADS }, (_, each) => ({
      name: `workload-${center}-${each}`,
      kind: "named" as const,
      current_cost_usd: cost(center * WORKLOADS + each),
      prev_month_cost_usd: cost(center * WORKLOADS + each + 1),
      yoy_cost_usd: cost(center * WORKLOADS + each + 2),
    }));
    const total = (of: "current_cost_usd" | "prev_month_cost_usd" | "yoy_cost_usd") =>
      workloads.reduce((sum, workload) => sum + workload[of], 0);
    return {
      name: `Center ${center}`,
      kind: "named",
      current_cost_usd: total("current_cost_usd"),
      prev_month_cost_usd: total("prev_month_cost_usd"),
      yoy_cost_usd: total("yoy_cost_usd"),
      direct_cost_usd: total("current_cost_usd"),
      allocated_cost_usd: 0,
      workloads,
    };
  });
  const total_cost_usd = cost_centers.reduce((sum, center) => sum + center.current_cost_usd, 0);
  const trend: Trend = {
    schema: 1,
    currency: "USD",
    months: Array.from({ length: HISTORY }, (_, ago) => HISTORY - 1 - ago).map((ago) => ({
      period: monthAgo(ago),
      is_mtd: false,
      total_cost_usd,
      cost_centers: cost_centers.map(({ name, kind, current_cost_usd }) => ({
        name,
        kind,
        cost_usd: current_cost_usd,
      })),
    })),
  };
  const summary = {
    ...model,
    totals: { ...model.totals, current_cost_usd: total_cost_usd, prev_month_cost_usd: total_cost_usd },
    cost_centers,
  };
  return documentSite({
    at,
    periods: trend.months.map(({ period }) => period).toReversed(),
    summaries: [summary],
    trend,
  });
}

/** The month that lies `ago` months before February 2026. */
function monthAgo(ago: number): Month {
  const date = new Date(Date.UTC(2026, 1 - ago, 1));
  return date.toISOString().slice(0, 7);
}

async function aSummary(at: Instant): Promise<Summary> {
  const site = await billSite(smallCompany("2026-01-01", "2026-03-01"), at, 1);
  try {
    const key = stableKey("2026-02", SUMMARY_FILE);
    const found = site.folder === null ? null : await folderStore(site.folder).get(key);
    if (found === null) throw new Error(`${key} was not published.`);
    return parseDocument(summarySchema, key, found.body);
  } finally {
    await site.close();
  }
}
