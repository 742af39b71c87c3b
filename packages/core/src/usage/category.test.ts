import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedCharges } from "../testing/expected-charges.ts";
import { type Category, categories, categorise, categoryTable, storageTier } from "./index.ts";

const charges = expectedCharges();

describe("the categories of a bill", () => {
  it("covers many services with many usage types", () => {
    expect(new Set(charges.map((charge) => charge.service)).size).toBeGreaterThanOrEqual(60);
    expect(charges.length).toBeGreaterThanOrEqual(600);
  });

  it.each(charges)("$service: $usageType is $category", ({ service, usageType, category }) => {
    expect(categorise(service, usageType)).toMatchObject({ category, known: true });
  });

  it("does not change with the region a charge comes from", () => {
    fc.assert(
      fc.property(fc.constantFrom(...charges), prefixes, ({ service, usageType, category }, prefix) => {
        expect(categorise(service, prefix + usageType)).toMatchObject({ category, known: true });
        expect(storageTier(service, prefix + usageType)).toEqual(storageTier(service, usageType));
      }),
      { numRuns: 3_000 },
    );
  });
});

const billingCodes = [
  "USE1",
  "USW2",
  "EUC1",
  "EUN1",
  "APS3",
  "APS10",
  "CAN2",
  "UGW1",
  "CNN1",
  "MXC1",
  "ILC1",
  "EU",
  "CPT",
];
const longCodes = [
  "ca-central-1",
  "us-east-1",
  "us-gov-west-1",
  "ap-southeast-7",
  "us-west-2-lax-1a",
  "us-iso-east-1",
];
const prefixes = fc.oneof(
  fc.constantFrom("", "Global-", "use1-", "use1-atl1-", "USW2-LAX1-", "LAX1-", "NoRegion-"),
  fc
    .constantFrom(...billingCodes, ...longCodes, "US", "EU", "AP", "JP", "IN", "SA", "ZA", "ME", "AU", "CA")
    .map((code) => `${code}-`),
  fc
    .tuple(fc.constantFrom(...billingCodes), fc.constantFrom(...billingCodes))
    .map(([from, to]) => `${from}-${to}-`),
);

describe("service and usage type together", () => {
  it.each([
    ["Amazon Simple Storage Service", "AmazonS3"],
    ["Amazon Elastic Compute Cloud - Compute", "AmazonEC2"],
    ["EC2 - Other", "Amazon Elastic Compute Cloud"],
    ["Amazon Simple Queue Service", "AWSQueueService"],
    ["AWS Key Management Service", "awskms"],
    ["Amazon EC2 Container Registry (ECR)", "AmazonECR"],
    ["Amazon Elastic Container Service for Kubernetes", "AmazonEKS"],
    ["AWS Step Functions", "AmazonStates"],
    ["AWS Support (Business)", "AWSSupportBusiness"],
    ["Savings Plans for AWS Compute usage", "ComputeSavingsPlans"],
    ["Amazon OpenSearch Service", "AmazonES"],
    ["AWS Database Migration Service", "AWSDatabaseMigrationSvc"],
  ])("understands %s and %s alike", (billed, code) => {
    for (const { usageType } of charges) {
      expect(categorise(billed, usageType)).toEqual(categorise(code, usageType));
    }
  });

  it("puts all tax under Support, with any usage type", () => {
    expect(categorise("Tax", "NoUsageType").category).toBe("Support");
    expect(categorise("Tax", "USE1-BoxUsage:t3.large").category).toBe("Support");
    expect(categorise("Amazon Route 53", "NoUsageType").category).toBe("Support");
  });

  it("keeps every support plan under Support", () => {
    for (const plan of ["Developer", "Business", "Enterprise", "Basic"]) {
      expect(categorise(`AWS Support (${plan})`, "Dollar").category).toBe("Support");
      expect(categorise(`AWS Support (${plan})`, "USE1-SomethingNew").category).toBe("Support");
    }
    expect(categorise("AWS Enterprise On-Ramp Support", "Dollar").category).toBe("Support");
  });

  it("takes a commitment as Compute even before its service is known", () => {
    expect(categorise(null, "ComputeSP:1yrNoUpfront").category).toBe("Compute");
    expect(categorise(null, "EUC1-HeavyUsage:m5.large").category).toBe("Compute");
  });

  it("decides by the usage type alone where no service is given", () => {
    const expected: [string, Category][] = [
      ["TimedStorage-ByteHrs", "Storage"],
      ["EBS:VolumeUsage.gp3", "Storage"],
      ["USE2-RDS:GP3-Storage", "Storage"],
      ["EUC1-InstanceUsage:db.r6g.large", "Compute"],
      ["BoxUsage:t3.micro", "Compute"],
      ["APS1-Kafka.m5.large", "Compute"],
      ["Lambda-GB-Second-ARM", "Compute"],
      ["DataTransfer-Out-Bytes", "Other"],
      ["Requests-Tier1", "Other"],
      ["CW:MetricMonitorUsage", "Other"],
      ["eu-west-1-KMS-Keys", "Other"],
      ["Tax-USEast", "Support"],
      ["Premium-Support", "Support"],
      ["Dollar", "Support"],
      ["NoUsageType", "Support"],
    ];
    for (const [usageType, category] of expected) {
      expect([usageType, categorise(null, usageType)]).toEqual([
        usageType,
        expect.objectContaining({ category, known: true }),
      ]);
    }
  });

  it("gives most of a bill the same category when the service is missing", () => {
    const same = charges.filter((charge) => categorise(null, charge.usageType).category === charge.category);
    expect(same.length / charges.length).toBeGreaterThan(0.9);
  });

  it("counts what no row contains as Other, and marks it as unknown", () => {
    expect(categorise("Amazon Tomorrow", "EUC1-Wibble")).toEqual({
      category: "Other",
      known: false,
      rule: "unknown",
    });
    for (const service of [null, "AWS Glue", "Amazon Elastic File System", "AWS CloudTrail"]) {
      expect(categorise(service, "")).toEqual({ category: "Other", known: false, rule: "unknown" });
    }
    expect(categorise("Tax", "").category).toBe("Support");
  });
});

describe("words that mislead", () => {
  it.each<[string, string, Category]>([
    ["Amazon Simple Storage Service", "StorageLens-ObjCount", "Other"],
    ["Amazon Simple Storage Service", "USE1-StorageAnalytics-ObjCount", "Other"],
    ["Amazon Simple Storage Service", "StorageObjectCount", "Other"],
    ["Amazon Simple Storage Service", "BytesDeleted-GDA", "Other"],
    ["Amazon Relational Database Service", "Aurora:StorageIOUsage", "Other"],
    ["Amazon Relational Database Service", "RDS:StorageIOUsage", "Other"],
    ["Amazon FSx", "EUC1-Storage.MAZ:INT_Monitoring", "Other"],
    ["Amazon FSx", "Requests.MAZ:CPoolStdWr", "Other"],
    ["Amazon Kinesis", "EUC1-Storage-ShardHour", "Compute"],
    ["Amazon Kinesis", "EUC1-Extended-ShardHour", "Storage"],
    ["Amazon Redshift", "EUC1-RMS:ra3.4xlarge", "Storage"],
    ["EC2 - Other", "EBS:FastSnapshotRestore", "Storage"],
    ["EC2 - Other", "EBS:SnapshotArchiveRetrieval", "Other"],
    ["Amazon Elastic Compute Cloud - Compute", "EBSOptimized:m4.large", "Compute"],
    ["EC2 - Other", "USE1-CPUCredits:t3", "Compute"],
    ["Amazon GuardDuty", "EUC1-PaidEKSvCPUMonitored", "Other"],
    ["AmazonCloudWatch", "EUC1-TimedStorage-ByteHrs", "Storage"],
    ["Amazon Cognito", "M2MTokenRequestsFull", "Other"],
    ["Amazon Relational Database Service", "EU-ExtendedSupport:Yr1-Yr2:MySQL5.7", "Compute"],
    ["Kiro", "KiroEnterprise-Credits", "Other"],
  ])("%s: %s is %s", (service, usageType, category) => {
    expect(categorise(service, usageType).category).toBe(category);
  });
});

describe("any text at all", () => {
  it("has a category, quickly", () => {
    const hostile = [
      "__proto__",
      "constructor",
      "\0".repeat(50),
      "-".repeat(10_000),
      "EU-".repeat(5_000),
      "a.".repeat(5_000),
      "‮",
    ];
    hostile.push(
      "Storage".repeat(2_000),
      "USE1-USE1-USE1-",
      "us-".repeat(4_000),
      `EBS:${"x".repeat(10_000)}`,
    );
    for (const service of [null, ...hostile, "Amazon".repeat(2_000)]) {
      for (const usageType of hostile) expect(categories).toContain(categorise(service, usageType).category);
    }
    fc.assert(
      fc.property(
        fc.option(fc.string({ unit: "binary" })),
        fc.string({ unit: "binary" }),
        (service, usageType) => {
          expect(categories).toContain(categorise(service, usageType).category);
        },
      ),
    );
  });

  it("sorts a hundred thousand pairs while one waits", () => {
    for (let i = 0; i < 100_000; i += 1) {
      const charge = charges[i % charges.length];
      if (charge !== undefined) categorise(charge.service, `EUC1-${charge.usageType}${i}`);
    }
  });
});

describe("the category table", () => {
  it("names each row once and describes it", () => {
    expect(new Set(categoryTable.map((row) => row.rule)).size).toBe(categoryTable.length);
    for (const row of categoryTable) expect(row.words).not.toBe("");
  });

  it("has no row that never decides", () => {
    const used = new Set(charges.map((charge) => categorise(charge.service, charge.usageType).rule));
    for (const charge of charges) used.add(categorise(null, charge.usageType).rule);
    const unused = categoryTable.map((row) => row.rule).filter((rule) => !used.has(rule));
    expect(
      unused.map(
        (rule) =>
          `The row ${rule} decides no charge of packages/core/src/testing/expected-charges.ts. Add a charge there that only this row decides, move the row above the one that decides now, or leave the row out.`,
      ),
    ).toEqual([]);
  });
});

const realBill = new URL("../../../../../shared/data/cur-anonymous-2023-11.csv", import.meta.url);

describe("a real bill", () => {
  it.skipIf(!existsSync(realBill))("has no usage type that the table does not contain", () => {
    const [head = [], ...rows] = readFileSync(realBill, "utf8").trim().split("\n").map(cells);
    const service = head.indexOf("product/ProductName");
    const usageType = head.indexOf("lineItem/UsageType");
    const usages = rows.filter((row) => row[usageType] !== ""); // tax lines of a CUR have no usage type
    const unknown = usages.filter((row) => !categorise(row[service] ?? "", row[usageType] ?? "").known);
    expect(usages.length).toBeGreaterThan(1_000);
    expect(unknown.map((row) => `${row[service]}: ${row[usageType]}`)).toEqual([]);
  });
});

function cells(line: string): string[] {
  return [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map((cell) => (cell[1] ?? "").replace(/^"|"$/g, ""));
}
