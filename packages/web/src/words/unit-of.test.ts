import { describe, expect, it } from "vitest";
import { unitOf, usageWords } from "./unit-of.ts";

describe("what a usage type's quantity is measured in", () => {
  it.each([
    ["EUC1-BoxUsage:m5.large", "hours"],
    ["TimedStorage-ByteHrs", "GB-months"],
    ["EBS:VolumeUsage.gp3", "GB-months"],
    ["EBS:VolumeUsage.piops", "GB-months"],
    ["EBS:VolumeP-IOPS.gp3", "IOPS-months"],
    ["EBS:VolumeP-IOPS.piops", "IOPS-months"],
    ["EBS:VolumeIOUsage", "requests"],
    ["EUC1-Lambda-GB-Second", "GB-seconds"],
    ["EUC1-Requests-Tier1", "requests"],
    ["EUC1-Fargate-vCPU-Hours:perCPU", "vCPU hours"],
    ["EUC1-Fargate-GB-Hours", "GB-hours"],
    ["EUC1-NatGateway-Bytes", "GB"],
    ["DataTransfer-Out-Bytes", "GB"],
    ["EarlyDelete-SIA", "GB-months"],
    ["EUC1-Train:ml.p3.2xlarge", "hours"],
    ["EUC1-Train:VolumeUsage.gp2", "GB-months"],
    ["EUC1-Kafka.Storage.GP2", "GB-months"],
    ["EUC1-Kafka.m5.large", "hours"],
    ["EUC1-ES:GP3-Storage", "GB-months"],
    ["EUC1-RMS:ra3.xlplus", "GB-months"],
    ["EUC1-AWSSecretsManager-Secrets", "secrets"],
    ["EUC1-Retrieval-SIA", "GB"],
    ["EUC1-PaidEventsAnalyzed", "events"],
    ["EUC1-PaidEventsAnalyzed-Bytes", "GB"],
    ["something nobody knows", null],
    ["__proto__", null],
  ])("%s: %s", (usageType, unit) => {
    expect(unitOf(usageType)).toBe(unit);
  });

  it("has words also where several services share them", () => {
    expect(usageWords("EUC1-TimedStorage-ByteHrs")).toBe("Stored data");
    expect(usageWords("NoUsageType")).toBe("Charges without usage");
    expect(usageWords("nobody knows")).toBeNull();
  });
});
