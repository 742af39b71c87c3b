import { bookEntries, infracostGolden } from "./book-entries.ts";

/** Buckets, file systems and backups. */
export const storagePrices = [
  ...bookEntries(infracostGolden("s3_bucket"), "us-east-1", [
    ["AmazonS3", "TimedStorage-ByteHrs", "GB-Mo", "0.023"],
    ["AmazonS3", "Requests-Tier1", "Requests", "0.000005"],
    ["AmazonS3", "Requests-Tier2", "Requests", "0.0000004"],
  ]),
  // The prices of the bucket in this test: it is in eu-west-2.
  ...bookEntries(infracostGolden("kinesis_firehose_delivery_stream"), "eu-west-2", [
    ["AmazonS3", "TimedStorage-ByteHrs", "GB-Mo", "0.024"],
    ["AmazonS3", "Requests-Tier1", "Requests", "0.0000053"],
    ["AmazonS3", "Requests-Tier2", "Requests", "0.00000042"],
  ]),
  ...bookEntries(infracostGolden("s3_bucket_analytics_configuration"), "us-east-1", [
    ["AmazonS3", "StorageAnalytics-ObjCount", "Objects", "0.0000001"],
  ]),
  ...bookEntries(infracostGolden("s3_bucket_inventory"), "us-east-1", [
    ["AmazonS3", "Inventory-ObjectsListed", "Objects", "0.0000000025"],
  ]),
  ...bookEntries(infracostGolden("efs_file_system"), "us-east-1", [
    ["AmazonEFS", "TimedStorage-ByteHrs", "GB-Mo", "0.3"],
    ["AmazonEFS", "IATimedStorage-ByteHrs", "GB-Mo", "0.025"],
    ["AmazonEFS", "TimedStorage-Z-ByteHrs", "GB-Mo", "0.16"],
    ["AmazonEFS", "IATimedStorage-Z-ByteHrs", "GB-Mo", "0.0133"],
    ["AmazonEFS", "ProvisionedTP-MiBpsHrs", "MiBps-Mo", "6"],
  ]),
  ...bookEntries(infracostGolden("fsx_windows_file_system"), "us-east-1", [
    ["AmazonFSx", "ThroughputCapacity.MAZ", "MiBps-Mo", "4.5", "CreateFileSystem:Windows"],
    ["AmazonFSx", "Storage.MAZ:SSD", "GB-Mo", "0.23", "CreateFileSystem:Windows"],
    ["AmazonFSx", "Storage.MAZ:HDD", "GB-Mo", "0.025", "CreateFileSystem:Windows"],
    ["AmazonFSx", "BackupUsage.MAZ", "GB-Mo", "0.05", "CreateFileSystem:Windows"],
  ]),
  ...bookEntries(infracostGolden("fsx_openzfs_file_system"), "us-east-1", [
    ["AmazonFSx", "ThroughputCapacity.SAZ", "MiBps-Mo", "0.26", "CreateFileSystem:OpenZFS"],
    ["AmazonFSx", "Storage.SAZ:SSD", "GB-Mo", "0.09", "CreateFileSystem:OpenZFS"],
    ["AmazonFSx", "ProvisionedSSDIOPS.SAZ", "IOPS-Mo", "0.006", "CreateFileSystem:OpenZFS"],
    ["AmazonFSx", "BackupUsage", "GB-Mo", "0.05", "CreateFileSystem:OpenZFS"],
  ]),
  ...bookEntries(infracostGolden("backup_vault"), "us-west-1", [
    ["AWSBackup", "WarmStorage-ByteHrs-EFS", "GB-Mo", "0.06"],
    ["AmazonEC2", "EBS:SnapshotUsage", "GB-Mo", "0.055"],
    ["AmazonRDS", "RDS:ChargedBackupUsage", "GB-Mo", "0.095"],
  ]),
  ...bookEntries(infracostGolden("ecr_repository"), "us-east-1", [
    ["AmazonECR", "TimedStorage-ByteHrs", "GB-Mo", "0.1"],
  ]),
];
