import type { Instant, Month } from "@dapanoskop/core/calendar";
import { describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { csv, type FileRow, gzipped } from "../packages/local/src/bill-file/testing/files.ts";
import {
  aFocusRow,
  aLineItem,
  focusRowsOf,
  lineItemsOf,
} from "../packages/local/src/bill-file/testing/small-bills.ts";
import { collectedBill } from "./support/collected-bill.ts";

// The bills that tools like this one are known to read wrongly, a row each, collected with `collect --bill`. Whose charges
// count, tags and currencies are in bill-kinds.test.ts, coverage is in bill-coverage.test.ts.

/** A row: the files, what is asked, and what must come out. Unless a row says otherwise it is 2 March 2026. */
interface BillRow {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly at?: Instant;
  readonly options?: readonly string[];
  /** What each month must publish, by the names of `totals`; `null`: the month must not be published. */
  readonly months?: Readonly<Record<Month, Readonly<Record<string, unknown>> | null>>;
  /** What stderr must say. */
  readonly said?: readonly (string | RegExp)[];
  /** What it must not say. */
  readonly unsaid?: RegExp;
  readonly isRefused?: boolean;
}

const FEBRUARY = lineItemsOf("2026-02");
const one = (rows: readonly FileRow[], separator = ",") => ({ "bill.csv": csv(rows, separator) });
const costs = (current_cost_usd: number, more = {}) => ({ current_cost_usd, ...more });
const february = (cost: number, more = {}) => ({ "2026-02": costs(cost, more) });
const COST = "lineItem/UnblendedCost";
const TYPE = "lineItem/LineItemType";
const inMarch = { "bill/BillingPeriodStartDate": "2026-03-01T00:00:00Z" };
const spelled = (row: FileRow): FileRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll(/[^a-z]+/g, "_"),
      cell,
    ]),
  );

const billingPeriods: readonly BillRow[] = [
  {
    name: "late usage and a refund are in the bill that has them; the month before is unknown",
    files: one([
      ...lineItemsOf("2026-03"),
      aLineItem(90, "2026-02-28", { ...inMarch, [COST]: "0.02" }),
      aLineItem(91, "2026-01-15", { ...inMarch, [TYPE]: "Refund", [COST]: "-30" }),
    ]),
    at: "2026-04-02T06:00:00Z",
    months: { "2026-03": costs(280.02, { prev_month_cost_usd: null }), "2026-02": null },
    said: ["2 charges of the bill of 2026-03, -29.98 USD, are dated outside of 2026-03"],
  },
  {
    name: "a contract that began a year before is in the bill that has it; its year's month is unknown",
    files: one([...lineItemsOf("2026-03"), aLineItem(90, "2025-03-12", { ...inMarch, [COST]: "12000" })]),
    at: "2026-04-02T06:00:00Z",
    months: { "2026-03": costs(12_310, { yoy_cost_usd: null }), "2025-03": null },
    said: ["1 charge of the bill of 2026-03, 12000 USD, is dated outside of 2026-03"],
  },
  {
    name: "a refund without a date is in its billing period",
    files: one([
      ...FEBRUARY,
      aLineItem(90, "2026-02-01", { [TYPE]: "Refund", [COST]: "-7", "lineItem/UsageStartDate": "" }),
    ]),
    months: february(273),
  },
];

const deliveries: readonly BillRow[] = [
  {
    name: "a download that is there twice",
    files: { "feb.csv": csv(FEBRUARY), "feb (1).csv": csv(FEBRUARY) },
    isRefused: true,
    said: [/feb \(1\)\.csv and .*feb\.csv have the same bytes/],
  },
  {
    name: "downloads of the month up to a day each",
    files: Object.fromEntries([10, 20, 28].map((days) => [`to-${days}.csv`, csv(FEBRUARY.slice(0, days))])),
    isRefused: true,
    said: [/to-10\.csv and .*to-2[08]\.csv both contain line item/],
  },
  {
    name: "an export of some days beside one of the month",
    files: {
      "one-time/20260201-20260209/part.csv": csv(FEBRUARY.slice(0, 9)),
      "daily/202602/part.csv": csv(FEBRUARY),
    },
    isRefused: true,
    said: [/daily\/202602\/part\.csv and .*one-time\/20260201-20260209\/part\.csv both contain/],
  },
  {
    name: "one delivery in two spellings",
    files: {
      "20260201-20260301/example-1.csv": csv(FEBRUARY),
      "year=2026/month=2/athena.csv": csv(FEBRUARY.map(spelled)),
    },
    isRefused: true,
    said: [/example-1\.csv and .*athena\.csv both contain line item/],
  },
  {
    name: "a part of a delivery, whose manifest names the others",
    files: {
      "20260201-20260301/example-1.csv": csv(FEBRUARY),
      "20260201-20260301/example-Manifest.json": JSON.stringify({
        reportKeys: [1, 2, 3].map((part) => `p/example/20260201-20260301/example-${part}.csv`),
      }),
    },
    isRefused: true,
    said: [/names 3 files, and 2 are missing: .*example-2\.csv" and .*example-3\.csv"/],
  },
  {
    name: "two payers",
    files: {
      "a/feb.csv": csv(FEBRUARY),
      "b/feb.csv": csv(FEBRUARY.map((row) => ({ ...row, "bill/PayerAccountId": "444455556666" }))),
    },
    months: february(560),
  },
  {
    name: "chunks of one delivery",
    files: {
      "20260201-20260301/0f0e0d0c-0000-4000-8000-000000000001/report-1.csv": csv(FEBRUARY.slice(0, 14)),
      "20260201-20260301/0f0e0d0c-0000-4000-8000-000000000001/report-2.csv": csv(FEBRUARY.slice(14)),
    },
    months: february(280),
  },
  {
    name: "equal charges of FOCUS within one file",
    files: one(Array.from({ length: 3 }, () => aFocusRow("2026-02-01", { BilledCost: "0.10" }))),
    months: february(0.3),
  },
];

const GIBIBYTES = {
  "lineItem/ProductCode": "AmazonS3",
  "lineItem/UsageType": "EUC1-TimedStorage-ByteHrs",
  "product/ProductName": "Amazon Simple Storage Service",
  "pricing/unit": "GB-Mo",
};
const lagging = (cells: (daysOfMonth: number) => FileRow) => [
  ...lineItemsOf("2026-02").map((row) => ({ ...row, ...cells(28) })),
  ...lineItemsOf("2026-03", 40)
    .slice(0, 5)
    .map((row) => ({ ...row, ...cells(31) })),
];
const fees = lineItemsOf("2026-03", 80).map((row) => ({
  ...row,
  [TYPE]: "SavingsPlanRecurringFee",
  "lineItem/ProductCode": "ComputeSavingsPlans",
  "lineItem/UsageType": "ComputeSP:1yrNoUpfront",
  [COST]: "2",
}));

const delivered: readonly BillRow[] = [
  {
    name: "data that is four days late: equal days are compared, and the forecast counts them alone",
    files: one(lagging(() => ({}))),
    at: "2026-03-10T06:00:00Z",
    months: {
      "2026-03": costs(50, {
        complete_days_cost_usd: 50,
        prior_partial_cost_usd: 50,
        forecast: expect.objectContaining({ total_usd: 310, start: "2026-03-06" }),
      }),
    },
  },
  {
    name: "fees that are dated to the end of the month deliver no day",
    files: one([...lagging(() => ({})).slice(0, 32), ...fees]),
    at: "2026-03-10T06:00:00Z",
    months: { "2026-03": costs(58) },
  },
];

const unknown: readonly BillRow[] = [
  {
    name: "a month between two, in one file",
    files: one([...lineItemsOf("2025-12"), ...lineItemsOf("2026-02", 40)]),
    options: ["--backfill", "3"],
    months: { "2026-02": costs(280, { prev_month_cost_usd: null }), "2026-01": null, "2025-12": costs(310) },
    said: ["The bill has no charge of 2026-01: this month is unknown."],
    unsaid: /New: /,
  },
  {
    name: "a month between two, in a folder",
    files: { "12.csv": csv(lineItemsOf("2025-12")), "02.csv": csv(lineItemsOf("2026-02", 40)) },
    options: ["--backfill", "3"],
    months: { "2026-02": costs(280, { prev_month_cost_usd: null }), "2026-01": null },
  },
  {
    name: "the effective cost of a marketplace purchase",
    files: one([
      ...focusRowsOf("2026-02"),
      aFocusRow("2026-02-01", { ChargeCategory: "Purchase", BilledCost: "10000", EffectiveCost: "" }),
    ]),
    options: ["--metric", "AmortizedCost"],
    isRefused: true,
    said: ["AmortizedCost of 2026-02 is unknown: 1 charge, billed at 10000 USD, has no value of it"],
  },
  ...(
    [
      ["lineItem/NetUnblendedCost", "NetUnblendedCost", {}],
      ["lineItem/BlendedCost", "BlendedCost", {}],
      ["savingsPlan/SavingsPlanEffectiveCost", "AmortizedCost", { [TYPE]: "SavingsPlanCoveredUsage" }],
    ] as const
  ).map(
    ([column, metric, row]): BillRow => ({
      name: `an empty cell of ${column}`,
      files: one([
        aLineItem(1, "2026-02-03", { ...row, [COST]: "100", [column]: "90" }),
        aLineItem(2, "2026-02-04", { ...row, [COST]: "50", [column]: "" }),
      ]),
      options: ["--metric", metric],
      isRefused: true,
      said: [
        `${metric} of 2026-02 is unknown: 1 charge, billed at 50 USD, has no value of it. Use UnblendedCost`,
      ],
    }),
  ),
];

const planRows = FEBRUARY.flatMap((row, at) => [
  {
    ...row,
    [TYPE]: "SavingsPlanCoveredUsage",
    [COST]: "48",
    "savingsPlan/SavingsPlanEffectiveCost": "30",
  },
  { ...row, "identity/LineItemId": `negated-${at}`, [TYPE]: "SavingsPlanNegation", [COST]: "-48" },
  {
    ...row,
    "identity/LineItemId": `fee-${at}`,
    [TYPE]: "SavingsPlanRecurringFee",
    [COST]: "33",
    "savingsPlan/TotalCommitmentToDate": "33",
    "savingsPlan/UsedCommitment": "30",
  },
]);

const ordinary: readonly BillRow[] = [
  { name: "a month of a CUR", files: one(FEBRUARY), months: february(280) },
  {
    name: "yuan of AWS's companies in China",
    files: one([
      aFocusRow("2026-02-01", {
        BillingCurrency: "CNY",
        ProviderName: "Ningxia Western Cloud Data Technology Co., Ltd.",
        InvoiceIssuerName: "Ningxia Western Cloud Data Technology Co., Ltd.",
        BilledCost: "100",
      }),
    ]),
    months: february(100),
  },
  {
    name: "yuan of a CUR",
    files: one(FEBRUARY.map((row) => ({ ...row, "lineItem/CurrencyCode": "CNY" }))),
    months: february(280),
  },
  {
    name: "a savings plan as billed",
    files: one(planRows),
    months: february(924),
  },
  {
    name: "a savings plan amortized",
    files: one(planRows),
    options: ["--metric", "AmortizedCost"],
    months: february(924),
  },
  {
    name: "a reservation without its columns, as billed",
    files: one([
      aLineItem(1, "2026-02-03", { [TYPE]: "DiscountedUsage", [COST]: "0" }),
      aLineItem(2, "2026-02-01", { [TYPE]: "RIFee", [COST]: "60" }),
      aLineItem(3, "2026-02-02", { [COST]: "19" }),
    ]),
    months: february(79),
  },
  {
    name: "split cost allocation data, whose split lines cost nothing",
    files: one([
      aLineItem(1, "2026-02-03", { [COST]: "48", "lineItem/ResourceId": "i-1" }),
      aLineItem(2, "2026-02-03", {
        [COST]: "0",
        "splitLineItem/ParentResourceId": "i-1",
        "splitLineItem/SplitCost": "30",
      }),
      aLineItem(3, "2026-02-03", {
        [COST]: "0",
        "splitLineItem/ParentResourceId": "i-1",
        "splitLineItem/SplitCost": "16",
      }),
    ]),
    months: february(48),
  },
  {
    name: "months that credits bring to nothing",
    files: one(
      ["2025-11", "2025-12", "2026-01", "2026-02"].flatMap((month, at) => [
        aLineItem(at * 2, `${month}-02`, { [COST]: "131.5" }),
        aLineItem(at * 2 + 1, `${month}-01`, { [TYPE]: "Credit", [COST]: at === 3 ? "-78" : "-131.5" }),
      ]),
    ),
    options: ["--backfill", "4"],
    months: { "2025-11": costs(0), "2026-01": costs(0), "2026-02": costs(53.5) },
  },
  {
    name: "tax",
    files: one([...FEBRUARY, aLineItem(90, "2026-02-01", { [TYPE]: "Tax", [COST]: "56" })]),
    months: february(336),
  },
  {
    name: "CRLF and a byte order mark",
    files: { "bill.csv": `\uFEFF${csv(FEBRUARY).replaceAll("\n", "\r\n")}` },
    months: february(280),
  },
  {
    name: "gzip of several members",
    files: { "bill.csv.gz": membersOf(csv(FEBRUARY)) },
    months: february(280),
  },
  {
    name: "a comma at the end of every line",
    files: { "bill.csv": csv(FEBRUARY).replaceAll("\n", ",\n") },
    months: february(280),
  },
  {
    name: "a comma at the end of the header alone",
    files: { "bill.csv": csv(FEBRUARY).replace("\n", ",\n") },
    isRefused: true,
    said: [/bill\.csv, line 2: the line has \d+ columns where the header names \d+/],
  },
  {
    name: "a refund with a negative quantity",
    files: one([
      aLineItem(1, "2026-02-03", { ...GIBIBYTES, [COST]: "23", "lineItem/UsageAmount": "1024" }),
      aLineItem(2, "2026-02-03", {
        ...GIBIBYTES,
        [TYPE]: "Refund",
        [COST]: "-11.5",
        "lineItem/UsageAmount": "-512",
      }),
    ]),
    months: february(11.5),
  },
  {
    name: "a cost category in other letters",
    files: one(FEBRUARY.map((row) => ({ ...row, "costCategory/CostCenter": "Eng" }))),
    options: ["--cost-category", "costcenter"],
    isRefused: true,
    said: ['There is no Cost Category "costcenter": this bill has "CostCenter".'],
  },
];

/** A text as several gzip members, one after the other, as AWS delivers large reports. */
function membersOf(text: string): Uint8Array {
  const half = Math.floor(text.length / 2);
  return Buffer.concat([gzipped(text.slice(0, half)), gzipped(text.slice(half))]);
}

describe.each([
  ["a billing period", billingPeriods],
  ["files of a folder", deliveries],
  ["delivered days", delivered],
  ["what is unknown", unknown],
  ["a bill as it is", ordinary],
])("%s", (_, rows) => {
  it.each(rows)("$name", async ({ files, at, options, months, said = [], unsaid, isRefused = false }) => {
    const { code, err, out, summary } = await collectedBill(
      files,
      at ?? "2026-03-02T06:00:00Z",
      options ?? [],
    );
    expect(code, err).toBe(isRefused ? 1 : 0);
    for (const sentence of said) {
      expect(err).toEqual(
        typeof sentence === "string" ? expect.stringContaining(sentence) : expect.stringMatching(sentence),
      );
    }
    if (unsaid !== undefined) expect(`${out}${err}`).not.toMatch(unsaid);
    for (const [month, totals] of Object.entries(months ?? {})) {
      if (totals === null) await expect(summary(month)).rejects.toThrow();
      else expect((await summary(month)).totals).toMatchObject(totals);
    }
  });
});

describe("a bill whose data is four days late", () => {
  it("keeps a steady volume, and says through which day it is there", async () => {
    const rows = lagging((days) => ({ ...GIBIBYTES, "lineItem/UsageAmount": String(1_024 / days) }));
    const { code, err, summary } = await collectedBill(one(rows), "2026-03-10T06:00:00Z", []);
    expect(code, err).toBe(0);
    const { storage_metrics: storage, delivered_through } = await summary("2026-03");
    expect(delivered_through).toBe("2026-03-05");
    const tebibyte = 2 ** 40;
    expect(Math.abs((storage.total_volume_bytes ?? 0) / tebibyte - 1)).toBeLessThan(1e-9);
    expect(Math.abs((storage.prev_month_total_volume_bytes ?? 0) / tebibyte - 1)).toBeLessThan(1e-9);
  });
});

describe("a month whose credits come late", () => {
  it("is published at 140, at nothing with --force, and below nothing", async () => {
    const usage = FEBRUARY.map((row) => ({ ...row, [COST]: "5" }));
    const credit = aLineItem(90, "2026-02-01", { [TYPE]: "Credit", [COST]: "-140" });
    const refund = aLineItem(91, "2026-02-01", { [TYPE]: "Refund", [COST]: "-3.10" });
    const { collectAgain, ...first } = await collectedBill(one(usage), "2026-03-02T06:00:00Z", []);
    const second = await collectAgain(one([...usage, credit]), "2026-03-04T06:00:00Z", ["--force"]);
    const third = await collectAgain(one([...usage, credit, refund]), "2026-03-05T06:00:00Z", []);
    expect([first.code, second.code, third.code]).toEqual([0, 0, 0]);
    expect((await third.summary("2026-02")).totals.current_cost_usd).toBe(-3.1);
    expect(`${third.out}${third.err}`).toContain("revised by -3.1 USD");
  });
});

describe("a month that is opened again", () => {
  const PERIODS = "BillingPeriodStart,BillingPeriodStatus,BillingPeriodLastUpdated,InvoiceIssuerName";
  const period = (status: string, updated: string) =>
    `2026-02-01T00:00:00Z,${status},${updated},"Amazon Web Services, Inc."`;
  const execution = (number: number, cost: string) => ({
    [`e/data/BILLING_PERIOD=2026-02/execution-${number}/e-1.csv`]: csv([
      aFocusRow("2026-02-03", { BilledCost: cost }),
    ]),
    "e/metadata/BILLING_PERIOD=2026-02/e-Manifest.json": JSON.stringify({
      executionId: `execution-${number}`,
      dataFiles: [`s3://bucket/e/data/BILLING_PERIOD=2026-02/execution-${number}/e-1.csv`],
    }),
  });

  it("is final while it is closed, then an estimate whose new figures are told as a revision", async () => {
    const closed = period("Closed", "2026-03-05T08:00:00Z");
    const first = await collectedBill(
      { ...execution(1, "7"), "periods/p.csv": `${PERIODS}\n${closed}\n` },
      "2026-03-06T06:00:00Z",
      [],
    );
    expect(first.code, first.err).toBe(0);
    expect(first.err).toContain("The billing period 2026-02 is closed, so the figures are final");
    expect(await first.summary("2026-02")).toMatchObject({
      estimated: false,
      totals: { current_cost_usd: 7 },
    });

    const reopened = period("Open", "2026-03-20T08:00:00Z");
    const second = await first.collectAgain(
      {
        ...execution(1, "7"),
        ...execution(2, "9.5"),
        "periods/p.csv": `${PERIODS}\n${reopened}\n${closed}\n`,
      },
      "2026-03-21T06:00:00Z",
      ["--force"],
    );
    expect(second.code, second.err).toBe(0);
    expect(second.err).toContain("The billing period 2026-02 is open, so the figures may still change");
    expect(second.out).toContain("open again and revised by +2.5 USD: 7 as of 2026-03-06T06:00:00Z, now 9.5");
    expect(await second.summary("2026-02")).toMatchObject({
      estimated: true,
      totals: { current_cost_usd: 9.5 },
    });

    const third = await second.collectAgain(
      { ...execution(3, "9"), "periods/p.csv": `${PERIODS}\n${period("Closed", "2026-03-24T08:00:00Z")}\n` },
      "2026-03-25T06:00:00Z",
      ["--backfill", "2"],
    );
    expect(third.out).toContain("revised by -0.5 USD");
    expect(await third.summary("2026-02")).toMatchObject({
      estimated: false,
      totals: { current_cost_usd: 9 },
    });
  });
});

describe("a bill with discounts, a savings plan, credits, a refund and tax", () => {
  const charges: readonly (readonly [type: string, cost: string, app: string])[] = [
    ["Usage", "100", "web"],
    ["SavingsPlanCoveredUsage", "48", "web"],
    ["SavingsPlanNegation", "-48", ""],
    ["SavingsPlanRecurringFee", "33", ""],
    ["EdpDiscount", "-10", ""],
    ["PrivateRateDiscount", "-1", "web"],
    ["BundledDiscount", "-2", ""],
    ["Credit", "-20", ""],
    ["Refund", "-3", ""],
    ["Tax", "7", ""],
  ];

  it("shows each as a line of its own: discounts and negations reduce usage, and are no credits", async () => {
    const rows = charges.map(([type, cost, app], at) =>
      aLineItem(at, "2026-02-03", { [TYPE]: type, [COST]: cost, "resourceTags/user:App": app }),
    );
    const { code, err, store, summary } = await collectedBill(one(rows), "2026-03-02T06:00:00Z", []);
    expect(code, err).toBe(0);
    const lines = new Map<string, number>();
    for (const { kind, current_cost_usd: cost } of (await summary("2026-02")).charge_types ?? [])
      lines.set(kind, (lines.get(kind) ?? 0) + cost);
    expect(Object.fromEntries(lines)).toEqual({ usage: 87, fee: 33, credit: -20, refund: -3, tax: 7 });

    const shown = await dapanoskop(["show", "--store", store, "--period", "2026-02"], {
      at: "2026-03-02T06:00:00Z",
    });
    expect(shown.out).toContain("Usage $87.00, fees $33.00, tax $7.00, refunds −$3.00, credits −$20.00.");
    const json = await dapanoskop(["show", "--store", store, "--period", "2026-02", "--json"], {
      at: "2026-03-02T06:00:00Z",
    });
    expect(json.out).toMatch(/"kind": ?"credit"/);
  });
});
