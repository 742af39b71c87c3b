import { bookEntries, infracostGolden, type PriceRow } from "./book-entries.ts";

/** Instances of one class by engine: the operation, and the price by the hour. */
const rdsInstances = (family: string, prices: readonly (readonly [operation: string, price: string])[]) =>
  prices.map(
    ([operation, price]): PriceRow => ["AmazonRDS", family, "Hrs", price, `CreateDBInstance:${operation}`],
  );

/** RDS and Aurora, DocumentDB, Neptune, DynamoDB. */
export const databasePrices = [
  ...bookEntries(infracostGolden("db_instance"), "us-east-1", [
    // MySQL, PostgreSQL, MariaDB, Oracle SE1 and SE2, SQL Server Express and Web, Aurora
    ...rdsInstances("InstanceUsage:db.t3.large", [
      ["0002", "0.136"],
      ["0014", "0.145"],
      ["0018", "0.136"],
      ["0006", "0.28"],
      ["0020", "0.3"],
      ["0010", "0.162"],
      ["0011", "0.232"],
      ["0016", "0.164"],
      ["0021", "0.164"],
    ]),
    ...rdsInstances("Multi-AZUsage:db.t3.large", [["0002", "0.272"]]),
    ...rdsInstances("InstanceUsage:db.m5.large", [["0002", "0.171"]]),
    ...rdsInstances("InstanceUsage:db.t4g.small", [["0002", "0.032"]]),
    ...rdsInstances("Multi-AZUsage:db.t4g.small", [["0002", "0.065"]]),
    // SQL Server Standard and Enterprise
    ...rdsInstances("InstanceUsage:db.m5.xlarge", [
      ["0012", "1.224"],
      ["0015", "2.336"],
    ]),
    ["AmazonRDS", "RDS:GP2-Storage", "GB-Mo", "0.115"],
    ["AmazonRDS", "RDS:Multi-AZ-GP2-Storage", "GB-Mo", "0.23"],
    ["AmazonRDS", "RDS:GP3-Storage", "GB-Mo", "0.115"],
    ["AmazonRDS", "RDS:Multi-AZ-GP3-Storage", "GB-Mo", "0.23"],
    ["AmazonRDS", "RDS:GP3-PIOPS", "IOPS-Mo", "0.02"],
    ["AmazonRDS", "RDS:Multi-AZ-GP3-PIOPS", "IOPS-Mo", "0.04"],
    ["AmazonRDS", "RDS:PIOPS-Storage", "GB-Mo", "0.125"],
    ["AmazonRDS", "RDS:PIOPS", "IOPS-Mo", "0.1"],
    ["AmazonRDS", "RDS:StorageUsage", "GB-Mo", "0.1"],
    ["AmazonRDS", "RDS:StorageIOUsage", "IOs", "0.0000001"],
    ["AmazonRDS", "RDS:ChargedBackupUsage", "GB-Mo", "0.095"],
  ]),
  ...bookEntries(
    {
      source: "infracost@95ba4f49a cmd/infracost/testdata/hclmulti_project_infra",
      date: "2026-08-21",
    },
    "us-east-1",
    [
      ...rdsInstances("InstanceUsage:db.t3.small", [["0002", "0.034"]]),
      ...rdsInstances("Multi-AZUsage:db.t3.small", [["0002", "0.068"]]),
      ["AmazonDynamoDB", "WriteCapacityUnit-Hrs", "WriteCapacityUnit-Hrs", "0.00065"],
      ["AmazonDynamoDB", "ReadCapacityUnit-Hrs", "ReadCapacityUnit-Hrs", "0.00013"],
      ["AmazonDynamoDB", "TimedStorage-ByteHrs", "GB-Mo", "0.25"],
      ["AmazonDynamoDB", "TimedPITRStorage-ByteHrs", "GB-Mo", "0.2"],
    ],
  ),
  ...bookEntries(
    { source: "infracost@95ba4f49a cmd/infracost/testdata/breakdown_terraform_v0_14", date: "2026-08-21" },
    "us-east-1",
    rdsInstances("InstanceUsage:db.t3.micro", [["0002", "0.017"]]),
  ),
  ...bookEntries(
    {
      source: "infracost@95ba4f49a cmd/infracost/testdata/breakdown_with_actual_costs",
      date: "2026-08-21",
    },
    "us-east-1",
    [
      ["AmazonDynamoDB", "WriteRequestUnits", "WriteRequestUnits", "0.000000625"],
      ["AmazonDynamoDB", "ReadRequestUnits", "ReadRequestUnits", "0.000000125"],
    ],
  ),
  ...bookEntries(infracostGolden("dynamodb_table"), "us-east-2", [
    ["AmazonDynamoDB", "WriteCapacityUnit-Hrs", "WriteCapacityUnit-Hrs", "0.00065"],
    ["AmazonDynamoDB", "ReadCapacityUnit-Hrs", "ReadCapacityUnit-Hrs", "0.00013"],
    ["AmazonDynamoDB", "ReplWriteCapacityUnit-Hrs", "ReplicatedWriteCapacityUnit-Hrs", "0.00065"],
    ["AmazonDynamoDB", "WriteRequestUnits", "WriteRequestUnits", "0.000000625"],
    ["AmazonDynamoDB", "ReadRequestUnits", "ReadRequestUnits", "0.000000125"],
    ["AmazonDynamoDB", "TimedStorage-ByteHrs", "GB-Mo", "0.25"],
    ["AmazonDynamoDB", "TimedPITRStorage-ByteHrs", "GB-Mo", "0.2"],
  ]),
  ...bookEntries(infracostGolden("dynamodb_table"), "us-west-1", [
    ["AmazonDynamoDB", "ReplWriteCapacityUnit-Hrs", "ReplicatedWriteCapacityUnit-Hrs", "0.000725"],
  ]),
  ...bookEntries(infracostGolden("rds_cluster_instance"), "us-east-1", [
    ...rdsInstances("InstanceUsage:db.t3.medium", [
      ["0021", "0.082"],
      ["0016", "0.082"],
    ]),
    ...rdsInstances("InstanceUsage:db.r4.large", [
      ["0021", "0.29"],
      ["0016", "0.29"],
    ]),
    ...rdsInstances("InstanceUsage:db.r4.8xlarge", [
      ["0021", "4.64"],
      ["0016", "4.64"],
    ]),
    ["AmazonRDS", "Aurora:ServerlessV2Usage", "ACU-Hr", "0.12"],
  ]),
  ...bookEntries(infracostGolden("rds_cluster"), "us-east-1", [
    ["AmazonRDS", "Aurora:ServerlessUsage", "ACU-Hr", "0.06"],
    ["AmazonRDS", "Aurora:StorageUsage", "GB-Mo", "0.1"],
    ["AmazonRDS", "Aurora:StorageIOUsage", "IOs", "0.0000002"],
    ["AmazonRDS", "Aurora:BackupUsage", "GB-Mo", "0.021"],
  ]),
  ...bookEntries(infracostGolden("docdb_cluster_instance"), "us-east-1", [
    ["AmazonDocDB", "InstanceUsage:db.r5.4xlarge", "Hrs", "2.216"],
    ["AmazonDocDB", "InstanceUsage:db.t3.medium", "Hrs", "0.078"],
    ["AmazonDocDB", "StorageUsage", "GB-Mo", "0.1"],
    ["AmazonDocDB", "StorageIOUsage", "IOs", "0.0000002"],
    ["AmazonDocDB", "BackupUsage", "GB-Mo", "0.021"],
  ]),
  ...bookEntries(infracostGolden("neptune_cluster_instance"), "eu-west-2", [
    ["AmazonNeptune", "InstanceUsage:db.t3.medium", "Hrs", "0.112"],
    ["AmazonNeptune", "InstanceUsageIOOptimized:db.t3.medium", "Hrs", "0.151"],
    ["AmazonNeptune", "InstanceUsage:db.r4.large", "Hrs", "0.408"],
    ["AmazonNeptune", "StorageUsage", "GB-Mo", "0.116"],
    ["AmazonNeptune", "StorageIOUsage", "IOs", "0.000000232"],
    ["AmazonNeptune", "BackupUsage", "GB-Mo", "0.022"],
  ]),
];
