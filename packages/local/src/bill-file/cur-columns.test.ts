import type { CostMetric, CostRow, Grouping } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow } from "./testing/files.ts";
import { athenaRow, cur2Row, legacyRow } from "./testing/spellings.ts";

const files = billFolder();
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };

const open = async (rows: readonly FileRow[]) => files.open(await files.write(csv(rows)));

const aLine = (row: FileRow = {}): FileRow => ({ ...legacyRow(aCharge()), ...row });

async function costs(
  rows: readonly FileRow[],
  groupBy: readonly Grouping[],
  metric: CostMetric = "UnblendedCost",
): Promise<readonly (readonly [...(string | null)[], number])[]> {
  const source = await open(rows);
  const answer = await source.query({ window: FEBRUARY, granularity: "MONTHLY", metric, groupBy });
  return answer.rows.map(({ keys, cost }: CostRow) => [...keys, Number(cost.units) / 1e12]);
}

describe("a Cost and Usage Report with Cost Explorer's values", () => {
  it("splits EC2 into instances and EC2 - Other by the usage type", async () => {
    const ec2 = (usageType: string): FileRow =>
      aLine({
        "lineItem/ProductCode": "AmazonEC2",
        "product/ProductName": "Amazon Elastic Compute Cloud",
        "lineItem/UsageType": usageType,
      });
    const compute = [
      "BoxUsage",
      "BoxUsage:t3.micro",
      "EUC1-SpotUsage:m5.large",
      "USE2-HostUsage:c5",
      "HeavyUsage:m4.large",
      "EU-DedicatedUsage:m5.large",
      "UnusedBox:t3.micro",
      "EUC1-DedicatedRes:m5",
      "HostBoxUsage:c5.large",
      "ReservedHostUsage:c5",
      "SchedUsage:c4.large",
      "UnusedDed:m5.large",
      "UnusedSched:c4.large",
      "MediumUsage:m1.small",
      "LightUsage:m1.small",
      "",
    ];
    const other = [
      "EBS:VolumeUsage.gp3",
      "EUC1-NatGateway-Hours",
      "EUC1-DataTransfer-Out-Bytes",
      "EBS:SnapshotUsage",
      "ElasticIP:IdleAddress",
      "CPUCredits:t3",
      "EUC1-USE1-AWS-Out-Bytes",
    ];
    expect(await costs([...compute, ...other].map(ec2), [{ by: "service" }])).toEqual([
      ["Amazon Elastic Compute Cloud - Compute", compute.length],
      ["EC2 - Other", other.length],
    ]);
  });

  it("keeps a product's name, and its code where it has no name", async () => {
    const rows = [
      aLine({ "product/ProductName": "AmazonCloudWatch" }),
      aLine({ "product/ProductName": "", "lineItem/ProductCode": "AmazonS3" }),
    ];
    expect(await costs(rows, [{ by: "service" }])).toEqual([
      ["AmazonCloudWatch", 1],
      ["AmazonS3", 1],
    ]);
  });

  it("gives tax a service of its own, and a charge of a month its first day", async () => {
    const tax = aLine({
      "lineItem/LineItemType": "Tax",
      "lineItem/UsageType": "",
      "lineItem/Operation": "",
      "product/regionCode": "",
      "lineItem/UsageAmount": "1.0",
      "lineItem/UsageStartDate": "2026-02-01T00:00:00Z",
      "lineItem/UsageEndDate": "2026-03-01T00:00:00Z",
    });
    const source = await open([tax]);
    const query = (groupBy: readonly Grouping[]) =>
      source.query({ window: FEBRUARY, granularity: "DAILY", metric: "UnblendedCost", groupBy });
    const { rows } = await query([{ by: "service" }, { by: "usageType" }]);
    expect(rows).toMatchObject([{ day: "2026-02-01", keys: ["Tax", "NoUsageType"], quantity: null }]);
    expect((await query([{ by: "operation" }, { by: "region" }])).rows[0]?.keys).toEqual([
      "NoOperation",
      "NoRegion",
    ]);
  });

  it("names the recurring fee of a reservation as Cost Explorer does, the rest by their line item types", async () => {
    const types = ["Usage", "RIFee", "SavingsPlanNegation", "DiscountedUsage", "BundledDiscount", "Refund"];
    const rows = types.map((type) => aLine({ "lineItem/LineItemType": type }));
    expect((await costs(rows, [{ by: "chargeType" }])).map(([type]) => type)).toEqual(
      [
        "Usage",
        "Recurring reservation fee",
        "SavingsPlanNegation",
        "DiscountedUsage",
        "BundledDiscount",
        "Refund",
      ].sort(),
    );
  });

  it("has the unit N/A where a group mixes units, and adds equal ones", async () => {
    const used = (amount: string, unit: string, usageType: string): FileRow =>
      aLine({ "lineItem/UsageAmount": amount, "pricing/unit": unit, "lineItem/UsageType": usageType });
    const source = await open([
      used("0.1", "GB-Mo", "a"),
      used("0.2", "GB-Mo", "a"),
      used("1", "", "a"),
      used("1", "Hrs", "b"),
      used("2", "Requests", "b"),
      used("", "Hrs", "c"),
    ]);
    const { rows } = await source.query({
      window: FEBRUARY,
      granularity: "MONTHLY",
      metric: "UnblendedCost",
      groupBy: [{ by: "usageType" }],
    });
    expect(rows.map(({ quantity }) => quantity)).toEqual([
      { units: 300_000_000_000n, unit: "GB-Mo" },
      { units: 3_000_000_000_000n, unit: "N/A" },
      null,
    ]);
  });

  it("reads the same from every spelling, and names it", async () => {
    const charge = aCharge({ tags: new Map([["CostOwner", "ops"]]) });
    const spellings = [];
    for (const row of [legacyRow(charge), athenaRow(charge), cur2Row(charge)]) {
      const source = await open([row]);
      spellings.push([source.format, ...source.versions, ...(await source.tagKeys(FEBRUARY))]);
    }
    expect(spellings).toEqual([
      ["CUR", "legacy", "CostOwner"],
      ["CUR", "legacy", "cost_owner"],
      ["CUR 2.0", "2.0", "cost_owner"],
    ]);
  });
});

describe("a CUR 2.0", () => {
  it.each([
    "resource_tags",
    "cost_category",
    "product",
    "discount",
    "tags",
    "bill_payer_account_name",
    "line_item_usage_account_name",
  ])("is recognized by its column %s alone", async (column) => {
    const row = athenaRow(aCharge());
    expect((await open([row])).versions).toEqual(["legacy"]);
    const source = await open([{ ...row, [column]: "" }]);
    expect([source.format, ...source.versions]).toEqual(["CUR 2.0", "2.0"]);
  });
});

describe("the metrics of a Cost and Usage Report", () => {
  const commitments: readonly FileRow[] = [
    aLine({ "lineItem/LineItemType": "Usage", "lineItem/UnblendedCost": "1" }),
    aLine({
      "lineItem/LineItemType": "SavingsPlanCoveredUsage",
      "lineItem/UnblendedCost": "10",
      "savingsPlan/SavingsPlanEffectiveCost": "7",
    }),
    aLine({ "lineItem/LineItemType": "SavingsPlanNegation", "lineItem/UnblendedCost": "-10" }),
    aLine({
      "lineItem/LineItemType": "SavingsPlanRecurringFee",
      "lineItem/UnblendedCost": "9",
      "savingsPlan/TotalCommitmentToDate": "9",
      "savingsPlan/UsedCommitment": "7",
    }),
    aLine({ "lineItem/LineItemType": "SavingsPlanUpfrontFee", "lineItem/UnblendedCost": "500" }),
    aLine({
      "lineItem/LineItemType": "DiscountedUsage",
      "lineItem/UnblendedCost": "0",
      "reservation/EffectiveCost": "3",
    }),
    aLine({
      "lineItem/LineItemType": "RIFee",
      "lineItem/UnblendedCost": "40",
      "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod": "0.5",
      "reservation/UnusedRecurringFee": "0.25",
    }),
    aLine({
      "lineItem/LineItemType": "Fee",
      "lineItem/UnblendedCost": "600",
      "reservation/ReservationARN": "arn:aws:ec2:reserved",
    }),
    aLine({ "lineItem/LineItemType": "Fee", "lineItem/UnblendedCost": "20" }),
  ];

  it("spread commitments as AWS's own queries do: AmortizedCost", async () => {
    expect(await costs(commitments, [{ by: "chargeType" }], "AmortizedCost")).toEqual([
      ["DiscountedUsage", 3],
      ["Fee", 20],
      ["Recurring reservation fee", 0.75],
      ["SavingsPlanCoveredUsage", 7],
      ["SavingsPlanNegation", 0],
      ["SavingsPlanRecurringFee", 2],
      ["SavingsPlanUpfrontFee", 0],
      ["Usage", 1],
    ]);
  });

  it("are amortized as billed without commitments", async () => {
    expect(await costs([aLine()], [], "AmortizedCost")).toEqual([[1]]);
  });

  it("refuse AmortizedCost of a month when the columns of a commitment are missing, and count the charges", async () => {
    const source = await open([aLine(), aLine({ "lineItem/LineItemType": "DiscountedUsage" })]);
    const sentence =
      /AmortizedCost of 2026-02 is unknown: 1 charge, billed at [\d.]+ USD, has no value of it\./;
    expect(source.notes).toEqual([expect.stringMatching(sentence)]);
    const costQuery = {
      window: FEBRUARY,
      granularity: "DAILY",
      metric: "AmortizedCost",
      groupBy: [],
    } as const;
    await expect(source.query(costQuery)).rejects.toThrow(sentence);
    await expect(source.query(costQuery)).rejects.toThrow(
      / Use UnblendedCost or BlendedCost, which are complete\./,
    );
    await expect(source.query(costQuery)).rejects.toMatchObject({ failure: "incomplete", window: FEBRUARY });
    const january = { start: "2026-01-01", end: "2026-02-01" };
    expect((await source.query({ ...costQuery, window: january })).rows).toEqual([]);
  });

  it.each([
    "savingsPlan/SavingsPlanEffectiveCost",
    "savingsPlan/TotalCommitmentToDate",
    "savingsPlan/UsedCommitment",
    "reservation/EffectiveCost",
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
    "reservation/UnusedRecurringFee",
  ])("are unknown without the column %s", async (missing) => {
    const rows = commitments.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => column !== missing)),
    );
    await expect(costs(rows, [], "AmortizedCost")).rejects.toThrow("1 charge, billed at");
  });

  it("are all named when one is missing, also those that were not loaded", async () => {
    const source = await files.open(await files.write(csv([aLine()])), { metrics: ["NetUnblendedCost"] });
    const query = (metric: CostMetric) =>
      source.query({ window: FEBRUARY, granularity: "DAILY", metric, groupBy: [] });
    await expect(query("NetUnblendedCost")).rejects.toThrow(
      /It contains UnblendedCost, BlendedCost and AmortizedCost/,
    );
    await expect(query("BlendedCost")).rejects.toThrow(/was opened without BlendedCost/);
    expect((await query("UnblendedCost")).rows).toHaveLength(1);
  });

  it("include net costs only where the report has the columns", async () => {
    const rows = [
      aLine({ "lineItem/NetUnblendedCost": "0.9" }),
      aLine({ "lineItem/NetUnblendedCost": "0.8" }),
    ];
    expect(await costs(rows, [], "NetUnblendedCost")).toEqual([[1.7]]);
    expect(await costs(rows, [], "NetAmortizedCost")).toEqual([[1.7]]);
    await expect(costs([aLine()], [], "NetUnblendedCost")).rejects.toThrow(
      /does not contain NetUnblendedCost\. It contains/,
    );
  });

  it("contains no charge of another provider than AWS", async () => {
    const path = await files.write(csv([aLine()]));
    expect((await files.open(path, { provider: "Amazon Web Services" })).rows).toBe(1);
    await expect(files.open(path, { provider: "Microsoft" })).rejects.toThrow(
      /is a Cost and Usage Report\. Its charges are of "AWS", and none is of "Microsoft"/,
    );
  });
});
