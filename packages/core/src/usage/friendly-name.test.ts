import { describe, expect, it } from "vitest";
import { expectedCharges } from "../testing/expected-charges.ts";
import { friendlyName } from "./index.ts";

describe("usage types in words", () => {
  it.each([
    ["Amazon Simple Storage Service", "EUC1-TimedStorage-ByteHrs", "S3 Standard storage"],
    ["Amazon Elastic File System", "TimedStorage-ByteHrs", "EFS Standard storage"],
    ["EC2 - Other", "EU-EBS:VolumeUsage.gp3", "EBS gp3 volumes"],
    ["Amazon Elastic Compute Cloud - Compute", "USW2-BoxUsage:t3.large", "t3.large instance hours"],
    ["Amazon Relational Database Service", "InstanceUsage:db.r6g.large", "db.r6g.large database hours"],
    [
      "Amazon Simple Storage Service",
      "USE1-EUC1-AWS-Out-Bytes",
      "Data transfer between regions (USE1 → EUC1)",
    ],
    ["Amazon Elastic Compute Cloud - Compute", "DataTransfer-Out-Bytes", "Data transfer out to the internet"],
    ["Amazon CloudFront", "EU-DataTransfer-Out-Bytes", "Data delivered by CloudFront"],
    ["AmazonCloudWatch", "TimedStorage-ByteHrs", "Stored logs"],
    ["AWS Backup", "WarmStorage-ByteHrs-EFS", "Backups of EFS"],
    ["AWS Lambda", "Request", "Lambda requests"],
    ["AWS WAF", "Request", null],
    ["Tax", "NoUsageType", "Tax"],
    ["Amazon Tomorrow", "Wibble", null],
    ["Amazon SageMaker", "EUC1-Train:ml.p3.2xlarge", "ml.p3.2xlarge model training hours"],
    ["Amazon SageMaker", "Train:VolumeUsage.gp2", null],
    ["Amazon Managed Streaming for Apache Kafka", "EUC1-Kafka.Storage.GP2", "Kafka broker storage"],
    [null, "EUC1-ES:GP3-Storage", "Search storage"],
    [null, "EUC1-PaidEventsAnalyzed-Bytes", "Data searched for threats"],
    [null, "EUC1-NatGateway-Hours", "NAT gateway hours"],
  ])("%s: %s is %s", (service, usageType, words) => {
    expect(friendlyName(service, usageType)).toBe(words);
  });

  it("keeps a dollar sign in a name, and never leaves a placeholder", () => {
    expect(friendlyName("EC2 - Other", "BoxUsage:$&.large")).toBeNull();
    for (const { service, usageType } of expectedCharges())
      expect(friendlyName(service, usageType) ?? "").not.toMatch(/\$|undefined/);
  });
});
