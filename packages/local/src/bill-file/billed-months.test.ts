import type { Month } from "@dapanoskop/core/calendar";
import type { CostMetric } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { monthNotes } from "./billed-months.ts";
import { billFolder, csv, type FileRow } from "./testing/files.ts";
import { aFocusRow, aLineItem, lineItemsOf } from "./testing/small-bills.ts";

const files = billFolder();
const ALL = { start: "2025-01-01", end: "2027-01-01" };

async function open(rows: readonly FileRow[]) {
  return files.open(await files.write(csv(rows)));
}

/** The sum of each month, in dollars. */
async function monthsOf(rows: readonly FileRow[], metric: CostMetric = "UnblendedCost") {
  const source = await open(rows);
  const { rows: months } = await source.query({ window: ALL, granularity: "MONTHLY", metric, groupBy: [] });
  return Object.fromEntries(months.map(({ day, cost }) => [day.slice(0, 7), Number(cost.units) / 1e12]));
}

const without = (row: FileRow, column: string): FileRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));

const inMarch: FileRow = { "bill/BillingPeriodStartDate": "2026-03-01T00:00:00Z" };

describe("months without a charge", () => {
  const notesOf = (...months: readonly string[]) =>
    monthNotes(
      months.map((month) => ({
        month,
        charges: 1,
        isBillingPeriod: true,
        firstDay: `${month}-01`,
        outside: 0,
        outsideBilled: { units: 0n, currency: "USD" },
      })),
    );

  it.each([
    [["2025-03"], []],
    [["2025-03", "2025-04"], []],
    [["2025-03", "2025-05"], ["The bill has no charge of 2025-04: this month is unknown."]],
    [["2025-03", "2025-12"], ["The bill has no charge of 2025-04 to 2025-11: these months are unknown."]],
    [
      ["2025-11", "2026-02", "2026-04", "2026-07"],
      [
        "The bill has no charge of 2025-12 to 2026-01, 2026-03 and 2026-05 to 2026-06: these months are unknown.",
      ],
    ],
    [
      ["2025-03", "2025-05", "2025-08", "2025-10"],
      ["The bill has no charge of 2025-04, 2025-06 to 2025-07 and 2025-09: these months are unknown."],
    ],
  ])("are told by their spans: a bill of %j", (months, notes) => {
    expect(notesOf(...months)).toEqual(notes);
  });
});

describe("a month of a bill in files", () => {
  const late = [
    ...lineItemsOf("2026-03"),
    aLineItem(90, "2026-02-28", { ...inMarch, "lineItem/UnblendedCost": "0.02" }),
    aLineItem(91, "2026-01-15", {
      ...inMarch,
      "lineItem/LineItemType": "Refund",
      "lineItem/UnblendedCost": "-30",
    }),
  ];

  it("is its billing period: late usage and refunds are in the month that they are billed in", async () => {
    expect(await monthsOf(late)).toEqual({ "2026-03": 280.02 });
  });

  it("has the charges from before it on its first day, and those from after it on its last", async () => {
    const early = aLineItem(92, "2026-04-01", { ...inMarch, "lineItem/UnblendedCost": "3" });
    const { rows } = await (await open([...late, early])).query({
      window: ALL,
      granularity: "DAILY",
      metric: "UnblendedCost",
      groupBy: [],
    });
    expect(rows.map(({ day }) => day)).toHaveLength(31);
    expect(rows[0]?.cost.units).toBe(-19_980_000_000_000n);
    expect(rows.at(-1)).toMatchObject({ day: "2026-03-31", cost: { units: 13_000_000_000_000n } });
  });

  it("says how many charges are dated outside, and their money", async () => {
    expect((await open(late)).notes).toEqual([
      "2 charges of the bill of 2026-03, -29.98 USD, are dated outside of 2026-03, and count in it, as on the invoice.",
    ]);
  });

  it("has a contract for years that began a year before", async () => {
    const contract = aLineItem(90, "2025-03-12", {
      ...inMarch,
      "bill/BillingEntity": "AWS Marketplace",
      "lineItem/LineItemType": "Fee",
      "lineItem/UnblendedCost": "12000",
    });
    const rows = [...lineItemsOf("2026-03"), contract];
    expect(await monthsOf(rows)).toEqual({ "2026-03": 12_310 });
    expect((await open(rows)).covers?.("2025-03")).toBe(false);
  });

  it("has a refund without a date", async () => {
    const refund = aLineItem(90, "2026-02-01", {
      "lineItem/UnblendedCost": "-20",
      "lineItem/UsageStartDate": "",
    });
    expect(await monthsOf([...lineItemsOf("2026-02"), refund])).toEqual({ "2026-02": 260 });
  });

  it("is the billing period of FOCUS, too", async () => {
    const rows = [
      aFocusRow("2026-03-01"),
      aFocusRow("2026-02-27", { BillingPeriodStart: "2026-03-01T00:00:00Z" }),
    ];
    expect(await monthsOf(rows)).toEqual({ "2026-03": 20 });
  });

  it("is the month of its charges where the file has no billing periods, and a note says so", async () => {
    const rows = late.map((row) => without(row, "bill/BillingPeriodStartDate"));
    expect(await monthsOf(rows)).toEqual({ "2026-01": -30, "2026-02": 0.02, "2026-03": 310 });
    expect((await open(rows)).notes).toContainEqual(
      "The bill has no billing periods for 2026-01, 2026-02 and 2026-03: charges count in the month in which they start, which may differ from the invoice.",
    );
  });
});

describe("the months that a bill covers", () => {
  const coverage = async (rows: readonly FileRow[], months: readonly Month[]) => {
    const source = await open(rows);
    return months.filter((month) => source.covers?.(month));
  };

  it("are those of its bills; a month between them is unknown", async () => {
    const rows = [...lineItemsOf("2025-12"), ...lineItemsOf("2026-02", 40)];
    const months = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"];
    expect(await coverage(rows, months)).toEqual(["2025-12", "2026-02"]);
    expect((await open(rows)).notes).toEqual(["The bill has no charge of 2026-01: this month is unknown."]);
  });

  it("exclude a month that a file without billing periods begins in the middle of", async () => {
    const rows = [aFocusRow("2026-01-20"), aFocusRow("2026-02-01")];
    expect(await coverage(rows, ["2026-01", "2026-02"])).toEqual(["2026-01", "2026-02"]);
    const cut = rows.map((row) => without(row, "BillingPeriodStart"));
    expect(await coverage(cut, ["2026-01", "2026-02"])).toEqual(["2026-02"]);
    expect((await open(cut)).notes).toContainEqual("The bill begins on 2026-01-20, so 2026-01 is unknown.");
  });
});

describe("a cost cell that is empty", () => {
  const query = async (rows: readonly FileRow[], metric: CostMetric, window = ALL) =>
    (await open(rows)).query({ window, granularity: "MONTHLY", metric, groupBy: [] });

  it("makes the month unknown in its metric, with the count, the billed money and the complete metrics", async () => {
    const rows = [
      aLineItem(1, "2026-02-03", { "lineItem/NetUnblendedCost": "9" }),
      aLineItem(2, "2026-02-04", { "lineItem/NetUnblendedCost": "", "lineItem/UnblendedCost": "50" }),
      aLineItem(3, "2026-02-28", { "lineItem/NetUnblendedCost": "", "lineItem/UnblendedCost": "19" }),
      aLineItem(4, "2026-03-01", { "lineItem/NetUnblendedCost": "7" }),
    ];
    await expect(query(rows, "NetUnblendedCost")).rejects.toMatchObject({
      failure: "incomplete",
      message:
        "NetUnblendedCost of 2026-02 is unknown: 2 charges, billed at 69 USD, have no value of it. Use UnblendedCost or AmortizedCost, which are complete.",
    });
    const march = { start: "2026-03-01", end: "2026-04-01" };
    expect((await query(rows, "NetUnblendedCost", march)).rows[0]?.cost.units).toBe(7_000_000_000_000n);
  });

  it("is unknown of a blended cost, a savings plan and its fee, and a FOCUS purchase", async () => {
    const blended = [aLineItem(1, "2026-02-03", { "lineItem/BlendedCost": "" })];
    await expect(query(blended, "BlendedCost")).rejects.toThrow(/1 charge, billed at 10 USD/);
    const plan = (row: FileRow) => ({
      "savingsPlan/SavingsPlanEffectiveCost": "",
      "savingsPlan/TotalCommitmentToDate": "",
      "savingsPlan/UsedCommitment": "",
      ...row,
    });
    const plans = [
      aLineItem(1, "2026-02-03", plan({ "lineItem/LineItemType": "SavingsPlanCoveredUsage" })),
      aLineItem(
        2,
        "2026-02-03",
        plan({ "lineItem/LineItemType": "SavingsPlanNegation", "lineItem/UnblendedCost": "-10" }),
      ),
      aLineItem(3, "2026-02-01", plan({ "lineItem/LineItemType": "SavingsPlanRecurringFee" })),
    ];
    await expect(query(plans, "AmortizedCost")).rejects.toThrow(/2 charges, billed at 20 USD/);
    const purchase = aFocusRow("2026-02-01", {
      ChargeCategory: "Purchase",
      BilledCost: "10000",
      EffectiveCost: "",
    });
    await expect(query([aFocusRow("2026-02-01"), purchase], "AmortizedCost")).rejects.toThrow(
      /AmortizedCost of 2026-02 is unknown: 1 charge, billed at 10000 USD, has no value of it\. Use UnblendedCost/,
    );
    expect(await monthsOf([aFocusRow("2026-02-01"), purchase])).toEqual({ "2026-02": 10_010 });
  });
});

describe("a charge without a currency", () => {
  it("is in the bill's currency, and a note says so", async () => {
    const tax = aLineItem(2, "2026-02-28", { "lineItem/CurrencyCode": "", "lineItem/UnblendedCost": "19" });
    const rows = [aLineItem(1, "2026-02-03"), tax];
    expect(await monthsOf(rows)).toEqual({ "2026-02": 29 });
    expect((await open(rows)).notes).toEqual([
      "1 charge names no currency, and counts in the bill's: 19 USD.",
    ]);
  });
});
