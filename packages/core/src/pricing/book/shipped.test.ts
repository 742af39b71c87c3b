import { describe, expect, it } from "vitest";
import { type BookEntry, shippedBook } from "./index.ts";

/** `service region: entries, tiers of all of them`. */
function countsOf(entries: readonly BookEntry[]): readonly string[] {
  const counts = new Map<string, { entries: number; tiers: number }>();
  for (const { service, region, tiers } of entries) {
    const { entries: before, tiers: more } = counts.get(`${service} ${region}`) ?? { entries: 0, tiers: 0 };
    counts.set(`${service} ${region}`, { entries: before + 1, tiers: more + tiers.length });
  }
  return [...counts].map(([name, count]) => `${name}: ${count.entries}, ${count.tiers}`).sort();
}

describe("the shipped price book", () => {
  it("has each of its prices: none is lost from a list", () => {
    expect(countsOf(shippedBook.entries)).toEqual([
      "AWSBackup us-west-1: 1, 1",
      "AWSCertificateManager us-east-1: 4, 6",
      "AWSCloudTrail us-east-1: 3, 3",
      "AWSConfig us-east-1: 2, 4",
      "AWSCostExplorer global: 1, 1",
      "AWSDirectConnect us-east-1: 1, 1",
      "AWSDirectoryService us-east-1: 5, 5",
      "AWSELB us-east-1: 6, 6",
      "AWSEvents us-east-1: 3, 3",
      "AWSGlobalAccelerator global: 1, 1",
      "AWSGlue us-east-1: 4, 4",
      "AWSLambda eu-central-1: 2, 2",
      "AWSLambda us-east-1: 7, 11",
      "AWSNetworkFirewall us-east-1: 2, 2",
      "AWSQueueService eu-central-1: 1, 1",
      "AWSQueueService us-east-1: 2, 2",
      "AWSSecretsManager us-east-1: 2, 2",
      "AWSSystemsManager us-east-1: 2, 2",
      "AWSTransfer us-east-1: 3, 3",
      "AWSXRay eu-central-1: 1, 1",
      "AmazonApiGateway eu-central-1: 1, 1",
      "AmazonApiGateway us-east-1: 6, 11",
      "AmazonCloudFront EU: 2, 8",
      "AmazonCloudFront US: 2, 8",
      "AmazonCloudFront global: 2, 3",
      "AmazonCloudWatch eu-central-1: 4, 4",
      "AmazonCloudWatch global: 1, 1",
      "AmazonCloudWatch us-east-1: 5, 5",
      "AmazonDocDB us-east-1: 5, 5",
      "AmazonDynamoDB eu-central-1: 3, 3",
      "AmazonDynamoDB us-east-1: 6, 6",
      "AmazonDynamoDB us-east-2: 7, 7",
      "AmazonDynamoDB us-west-1: 1, 1",
      "AmazonEC2 us-east-1: 1388, 1388",
      "AmazonEC2 us-west-1: 1, 1",
      "AmazonECR us-east-1: 1, 1",
      "AmazonECS us-east-1: 2, 2",
      "AmazonEFS us-east-1: 5, 5",
      "AmazonEKS us-east-1: 3, 3",
      "AmazonES us-east-1: 9, 9",
      "AmazonElastiCache us-east-1: 11, 11",
      "AmazonFSx us-east-1: 8, 8",
      "AmazonGrafana us-east-1: 2, 2",
      "AmazonKinesis us-east-1: 6, 6",
      "AmazonKinesis us-east-2: 6, 6",
      "AmazonKinesisFirehose eu-west-2: 4, 6",
      "AmazonMQ us-east-1: 7, 7",
      "AmazonMSK us-east-1: 3, 3",
      "AmazonMWAA us-east-1: 10, 10",
      "AmazonNeptune eu-west-2: 6, 6",
      "AmazonRDS us-east-1: 40, 40",
      "AmazonRDS us-west-1: 1, 1",
      "AmazonRedshift us-east-1: 7, 9",
      "AmazonRoute53 global: 8, 11",
      "AmazonRoute53 us-east-1: 2, 3",
      "AmazonS3 eu-central-1: 3, 3",
      "AmazonS3 eu-west-2: 3, 3",
      "AmazonS3 us-east-1: 5, 5",
      "AmazonSES eu-central-1: 1, 1",
      "AmazonSNS eu-central-1: 2, 4",
      "AmazonSNS eu-west-1: 3, 4",
      "AmazonSNS us-east-1: 9, 12",
      "AmazonSageMaker us-east-1: 2, 2",
      "AmazonStates us-east-1: 3, 5",
      "AmazonVPC us-east-1: 17, 19",
      "CodeBuild us-east-1: 4, 4",
      "awskms eu-central-1: 3, 3",
      "awskms us-east-1: 4, 4",
      "awswaf us-east-1: 3, 3",
    ]);
  });

  it("has tiers that begin at 0 and grow, and a date not after its own", () => {
    for (const { tiers, date, source, ...usage } of shippedBook.entries) {
      const from = tiers.map((tier) => Number(tier.from));
      expect([usage, from]).toEqual([usage, [...new Set(from)].sort((a, b) => a - b)]);
      expect(from[0]).toBe(0);
      expect(date <= shippedBook.date).toBe(true);
      expect(source).not.toBe("");
    }
  });
});
