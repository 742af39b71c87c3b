import { describe, expect, it } from "vitest";
import { expectedCharges } from "../testing/expected-charges.ts";
import { categorise, storageService, storageTier } from "./index.ts";

const s3 = "Amazon Simple Storage Service";
const efs = "Amazon Elastic File System";
const ec2 = "EC2 - Other";

describe("stored volume and its tier", () => {
  it.each<[string, string, string, boolean]>([
    [s3, "TimedStorage-ByteHrs", "Standard", true],
    [s3, "TimedStorage-INT-FA-ByteHrs", "Intelligent-Tiering Frequent Access", true],
    [s3, "TimedStorage-INT-IA-ByteHrs", "Intelligent-Tiering Infrequent Access", false],
    [s3, "TimedStorage-INT-AIA-ByteHrs", "Intelligent-Tiering Archive Instant Access", false],
    [s3, "TimedStorage-INT-AA-ByteHrs", "Intelligent-Tiering Archive Access", false],
    [s3, "TimedStorage-INT-DAA-ByteHrs", "Intelligent-Tiering Deep Archive Access", false],
    [s3, "TimedStorage-SIA-ByteHrs", "Standard-IA", false],
    [s3, "TimedStorage-SIA-SmObjects", "Standard-IA", false],
    [s3, "TimedStorage-ZIA-ByteHrs", "One Zone-IA", false],
    [s3, "TimedStorage-ZIA-SmObjects", "One Zone-IA", false],
    [s3, "TimedStorage-GIR-ByteHrs", "Glacier Instant Retrieval", false],
    [s3, "TimedStorage-GIR-SmObjects", "Glacier Instant Retrieval", false],
    [s3, "TimedStorage-GlacierByteHrs", "Glacier Flexible Retrieval", false],
    [s3, "TimedStorage-GlacierStaging", "Glacier Flexible Retrieval", false],
    [s3, "TimedStorage-GDA-ByteHrs", "Glacier Deep Archive", false],
    [s3, "TimedStorage-GDA-Staging", "Glacier Deep Archive", false],
    [s3, "TimedStorage-XZ-ByteHrs", "Express One Zone", false],
    [s3, "TimedStorage-RRS-ByteHrs", "Reduced Redundancy", false],
    [s3, "Tables-TimedStorage-ByteHrs", "Tables", false],
    [s3, "Tables-TimedStorage-INT-FA-ByteHrs", "Tables", false],
    [s3, "Vectors-TimedStorage-ByteHrs", "Vectors", false],
    [s3, "Annotation-TimedStorage-ByteHrs", "Annotation", false],
    [s3, "TimedStorage-NEW-ByteHrs", "NEW", false],
    [efs, "TimedStorage-ByteHrs", "Standard", true],
    [efs, "TimedStorage-Z-ByteHrs", "Standard", true],
    [efs, "IATimedStorage-ByteHrs", "Infrequent Access", false],
    [efs, "IATimedStorage-Z-SmallFiles", "Infrequent Access", false],
    [efs, "ArchiveTimedStorage-ByteHrs", "Archive", false],
    [ec2, "EBS:VolumeUsage", "standard", false],
    [ec2, "EBS:VolumeUsage.gp2", "gp2", true],
    [ec2, "EBS:VolumeUsage.gp3", "gp3", true],
    [ec2, "EBS:VolumeUsage.piops", "io1", true],
    [ec2, "EBS:VolumeUsage.io2", "io2", true],
    [ec2, "EBS:VolumeUsage.st1", "st1", false],
    [ec2, "EBS:VolumeUsage.sc1", "sc1", false],
  ])("%s: %s is in %s", (service, usageType, tier, hot) => {
    for (const prefix of ["", "EUC1-", "EU-", "ap-southeast-2-"]) {
      expect(storageTier(service, prefix + usageType)).toMatchObject({ tier, hot });
    }
  });

  it("is no S3 volume under CloudWatch Logs, ECR or DynamoDB, though the text is the same", () => {
    for (const service of [
      "AmazonCloudWatch",
      "Amazon EC2 Container Registry (ECR)",
      "Amazon DynamoDB",
      "Amazon Glacier",
      null,
    ]) {
      expect(storageTier(service, "EUC1-TimedStorage-ByteHrs")).toBeNull();
      expect(storageService(service, "EUC1-TimedStorage-ByteHrs")).toBeNull();
    }
    expect(storageTier("AmazonS3", "EUC1-TimedStorage-ByteHrs")?.service).toBe("S3");
    expect(storageTier("AmazonEFS", "EUC1-TimedStorage-ByteHrs")?.service).toBe("EFS");
  });

  it("finds S3's own classes without the service", () => {
    expect(storageTier(null, "EUC1-TimedStorage-SIA-ByteHrs")?.tier).toBe("Standard-IA");
    expect(storageTier(null, "EUC1-TimedStorage-IA-ByteHrs")).toBeNull(); // CloudWatch Logs
    expect(storageTier("Amazon Glacier", "TimedStorage-GlacierByteHrs")?.tier).toBe(
      "Glacier Flexible Retrieval",
    );
  });

  it.each([
    [s3, "EarlyDelete-ByteHrs"],
    [s3, "EarlyDelete-SIA-SmObjects"],
    [s3, "TagStorage-TagHrs"],
    [s3, "StorageLens-ObjCount"],
    [s3, "Monitoring-Automation-INT"],
    [s3, "Requests-Tier1"],
    [s3, "Retrieval-SIA"],
    [efs, "ArchiveEarlyDelete-SmallFiles"],
    [efs, "ProvisionedTP-MiBpsHrs"],
    [efs, "ETDataAccess-Bytes"],
    [ec2, "EBS:VolumeP-IOPS.gp3"],
    [ec2, "EBS:VolumeP-Throughput.gp3"],
    [ec2, "EBS:VolumeIOUsage"],
    [ec2, "EBS:SnapshotUsage"],
    ["Amazon SageMaker", "Notebk:VolumeUsage.gp3"],
    ["AWS Storage Gateway", "EBS:VolumeUsage.gp3"],
  ])("%s: %s is cost, never volume", (service, usageType) => {
    expect(storageTier(service, `USW2-${usageType}`)).toBeNull();
  });

  it("is always cost of category Storage", () => {
    for (const { service, usageType } of expectedCharges()) {
      if (storageTier(service, usageType) === null) continue;
      expect(categorise(service, usageType).category).toBe("Storage");
      expect(storageService(service, usageType)).toBe(storageTier(service, usageType)?.service);
    }
  });
});

describe("the storage a cost belongs to", () => {
  it.each([
    [s3, "TimedStorage-ByteHrs", "S3"],
    [s3, "EarlyDelete-GDA", "S3"],
    [s3, "TagStorage-TagHrs", "S3"],
    [s3, "Tables-TimedStorage-ByteHrs", "S3"],
    [s3, "Requests-Tier1", null],
    [s3, "DataTransfer-Out-Bytes", null],
    [efs, "ProvisionedTP-MiBpsHrs", "EFS"],
    [efs, "ETDataAccess-Bytes", null],
    [ec2, "EBS:SnapshotUsage", "EBS"],
    [ec2, "EBS:VolumeP-IOPS.piops", "EBS"],
    [ec2, "EBS:VolumeIOUsage", null],
    [ec2, "NatGateway-Hours", null],
    ["Amazon Elastic Compute Cloud", "EBS:VolumeUsage.gp3", "EBS"],
    ["Amazon Relational Database Service", "RDS:GP3-Storage", null],
    ["AWS Backup", "WarmStorage-ByteHrs-EFS", null],
    ["AWS Storage Gateway", "EBS:SnapshotUsage", null],
  ])("%s: %s → %s", (service, usageType, expected) => {
    expect(storageService(service, `EUC1-${usageType}`)).toBe(expected);
  });
});
