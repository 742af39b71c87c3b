import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addressIn, dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { reach, summaryIn } from "./support/an-account.ts";

// Tagging coverage of small bills, from the file and through Cost Explorer's protocol.

const at = "2026-03-02T06:00:00Z";
const COLUMNS =
  "bill/PayerAccountId,bill/BillingPeriodStartDate,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate," +
  "lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/CurrencyCode," +
  "lineItem/UnblendedCost,product/ProductName,pricing/unit,resourceTags/user:App";
const EC2 = ["AmazonEC2", "EUC1-BoxUsage:m5.large", "1", "Amazon Elastic Compute Cloud", "Hrs"] as const;
const PLAN = [
  "ComputeSavingsPlans",
  "ComputeSP:1yrNoUpfront",
  "1",
  "Savings Plans for AWS Compute usage",
  "Hrs",
] as const;
const storage = (gigabytes: string) =>
  ["AmazonS3", "EUC1-TimedStorage-ByteHrs", gigabytes, "Amazon Simple Storage Service", "GB-Mo"] as const;

type CurLine = readonly [
  type: string,
  product: readonly [string, string, string, string, string],
  cost: string,
  app: string,
];

const csv = (lines: readonly CurLine[]) =>
  `${[
    COLUMNS,
    ...lines.map(([type, [code, usageType, amount, name, unit], cost, app]) =>
      [
        "111122223333",
        "2026-02-01T00:00:00Z",
        "111122223333",
        type,
        "2026-02-03T00:00:00Z",
        "2026-02-03T01:00:00Z",
        code,
        usageType,
        amount,
        "USD",
        cost,
        name,
        unit,
        app,
      ].join(","),
    ),
  ].join("\n")}\n`;

const folders: string[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The summaries of February: from the file, and through the emulator and the AWS SDK. */
async function collectedBothWays(lines: readonly CurLine[]) {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-coverage-"));
  folders.push(folder);
  const [bill, own, emulated] = ["bill.csv", "own", "emulated"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(bill, csv(lines));
  const collected = await dapanoskop(["collect", "--bill", bill, "--store", own, "--at", at], { at });
  expect(collected.code, collected.err).toBe(0);
  await dapanoskop(["emulate", "--bill", bill, "--at", at], {
    at,
    onOut: (text, end) => {
      reach(addressIn(text));
      void dapanoskop(["collect", "--store", emulated, "--at", at], { at })
        .then(({ code, err }) => expect(code, err).toBe(0))
        .finally(end);
    },
  });
  return Promise.all([own, emulated].map((store) => summaryIn(store, "2026-02")));
}

const usage = (cost: string, app: string): CurLine => ["Usage", EC2, cost, app];
const discount = (cost: string, app: string): CurLine => ["EdpDiscount", EC2, cost, app];
const refunded: readonly CurLine[] = [
  ["Usage", storage("1024"), "23", "web"],
  ["Refund", storage("-512"), "-11.5", "web"],
];

const bills: readonly (readonly [
  string,
  readonly CurLine[],
  sides: readonly number[],
  percentage: number,
])[] = [
  [
    "a tagged fee cannot be tagged",
    [usage("100", "web"), ["SavingsPlanRecurringFee", PLAN, "60", "finops"]],
    [100, 0, 60],
    100,
  ],
  [
    "a tagged tax is not counted twice",
    [usage("100", "web"), usage("50", ""), ["Tax", EC2, "30", "web"]],
    [100, 50, 30],
    66.7,
  ],
  [
    "a discount follows the usage that it reduces",
    [usage("100", "web"), usage("50", ""), discount("-10", "web"), discount("-5", "")],
    [90, 45, 0],
    66.7,
  ],
  ["a tagged refund leaves everything tagged", refunded, [23, 0, -11.5], 100],
];

describe("tagging coverage of a bill", () => {
  it.each(bills)("%s", async (_, lines, sides, percentage) => {
    for (const { tagging_coverage: coverage, totals } of await collectedBothWays(lines)) {
      const { tagged_cost_usd, untagged_cost_usd, untaggable_cost_usd } = coverage;
      expect([tagged_cost_usd, untagged_cost_usd, untaggable_cost_usd]).toEqual(sides);
      expect(coverage.tagged_percentage).toBe(percentage);
      expect(totals.current_cost_usd).toBe(sides.reduce((sum, side) => sum + side, 0));
    }
  });

  it("counts the bytes that a refund takes back", async () => {
    for (const { storage_metrics, totals } of await collectedBothWays(refunded)) {
      expect(totals.current_cost_usd).toBe(11.5);
      expect(storage_metrics.total_volume_bytes).toBe(512 * 2 ** 30);
    }
  });
});
