import type { Instant, Month } from "@dapanoskop/core/calendar";
import { describe, expect, it } from "vitest";
import { csv, type FileRow } from "../packages/local/src/bill-file/testing/files.ts";
import {
  aFocusRow,
  aLineItem,
  focusRowsOf,
  lineItemsOf,
} from "../packages/local/src/bill-file/testing/small-bills.ts";
import { collectedBill } from "./support/collected-bill.ts";

// The months of bills in files, collected with `collect --bill`: a month is a billing period, and what is not in the files
// is unknown.

async function collected(rows: readonly FileRow[], at: Instant, ...options: readonly string[]) {
  const { code, err, summary } = await collectedBill({ "bill.csv": csv(rows) }, at, options);
  return { code, err, totalsOf: async (month: Month) => (await summary(month)).totals };
}

describe("a month of a collected bill", () => {
  const inMarch = { "bill/BillingPeriodStartDate": "2026-03-01T00:00:00Z" };

  it("contains late usage and refunds; the month before, of which it only has a late hour, is unknown", async () => {
    const rows = [
      ...lineItemsOf("2026-03"),
      aLineItem(90, "2026-02-28", { ...inMarch, "lineItem/UnblendedCost": "0.02" }),
      aLineItem(91, "2026-01-15", { ...inMarch, "lineItem/UnblendedCost": "-30" }),
    ];
    const { code, err, totalsOf } = await collected(rows, "2026-04-02T06:00:00Z");
    expect(code).toBe(0);
    expect(err).toContain("2 charges of the bill of 2026-03, -29.98 USD, are dated outside of 2026-03");
    expect(await totalsOf("2026-03")).toMatchObject({ current_cost_usd: 280.02, prev_month_cost_usd: null });
  });

  it("contains a contract that began a year before, and that year's month is unknown", async () => {
    const contract = aLineItem(90, "2025-03-12", { ...inMarch, "lineItem/UnblendedCost": "12000" });
    const { totalsOf } = await collected([...lineItemsOf("2026-03"), contract], "2026-04-02T06:00:00Z");
    expect(await totalsOf("2026-03")).toMatchObject({ current_cost_usd: 12_310, yoy_cost_usd: null });
  });

  it("is compared with nothing where the month before is missing", async () => {
    const rows = [...lineItemsOf("2025-12"), ...lineItemsOf("2026-02", 40)];
    const { code, totalsOf } = await collected(rows, "2026-03-02T06:00:00Z", "--backfill", "3");
    expect(code).toBe(0);
    expect(await totalsOf("2026-02")).toMatchObject({ current_cost_usd: 280, prev_month_cost_usd: null });
    expect(await totalsOf("2025-12")).toMatchObject({ current_cost_usd: 310 });
  });

  it("is not published in a metric whose cells are empty, and the sentence says for how much money", async () => {
    const purchase = aFocusRow("2026-02-01", {
      ChargeCategory: "Purchase",
      BilledCost: "10000",
      EffectiveCost: "",
    });
    const rows = [...focusRowsOf("2026-02"), purchase];
    const at = "2026-03-02T06:00:00Z";
    const amortized = await collected(rows, at, "--metric", "AmortizedCost");
    expect(amortized.code).not.toBe(0);
    expect(amortized.err).toContain("1 charge, billed at 10000 USD, has no value of it");
    const { totalsOf } = await collected(rows, at);
    expect(await totalsOf("2026-02")).toMatchObject({ current_cost_usd: 10_280 });
  });
});
