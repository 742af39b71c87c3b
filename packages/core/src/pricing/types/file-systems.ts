import { fixed, monthly, usage } from "../charge.ts";
import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";

export const fileSystemTypes = [
  chargedType("aws_backup_vault", (vault) => {
    vault.note("Other backups than those of file systems, volumes and databases are not priced.");
    return [
      monthly(
        "Backups of EFS",
        "AWSBackup",
        "WarmStorage-ByteHrs-EFS",
        "GB-Mo",
        usage("monthly_efs_warm_backup_gb"),
      ),
      monthly(
        "Snapshots of EBS",
        "AmazonEC2",
        "EBS:SnapshotUsage",
        "GB-Mo",
        usage("monthly_ebs_snapshot_gb"),
      ),
      monthly(
        "Snapshots of RDS",
        "AmazonRDS",
        "RDS:ChargedBackupUsage",
        "GB-Mo",
        usage("monthly_rds_snapshot_gb"),
      ),
    ];
  }),
  chargedType("aws_efs_file_system", elasticCharges),
  chargedType("aws_fsx_windows_file_system", (system) => {
    const zones = (system.text("deployment_type") ?? "").startsWith("MULTI_AZ") ? "MAZ" : "SAZ";
    const kind = system.text("storage_type") === "HDD" ? "HDD" : "SSD";
    return [
      throughput(system, "Windows", zones),
      storage(system, "Windows", zones, kind),
      backups("Windows", zones),
    ];
  }),
  chargedType("aws_fsx_openzfs_file_system", (system) => flashCharges(system, "OpenZFS", OPEN_ZFS)),
  chargedType("aws_fsx_ontap_file_system", (system) => flashCharges(system, "ONTAP", ONTAP)),
  chargedType("aws_fsx_lustre_file_system", lustreCharges),
];

function elasticCharges(system: ResourceReader) {
  const isOneZone = (system.text("availability_zone_name") ?? "") !== "";
  const zone = isOneZone ? "-Z" : "";
  const efs = (name: string, family: string, unit: string, key: string) =>
    monthly(name, "AmazonEFS", family, unit, usage(key));
  const mode = system.text("throughput_mode");
  if (mode === "provisioned") {
    system.note("The throughput that stored data brings with it is not taken off the provisioned one.");
  }
  return [
    efs("Storage", `TimedStorage${zone}-ByteHrs`, "GB-Mo", "storage_gb"),
    ...(system.count("lifecycle_policy") > 0
      ? [
          efs(
            "Storage, infrequent access",
            `IATimedStorage${zone}-ByteHrs`,
            "GB-Mo",
            "infrequent_access_storage_gb",
          ),
        ]
      : []),
    ...(mode === "provisioned"
      ? [
          monthly(
            "Provisioned throughput",
            "AmazonEFS",
            "ProvisionedTP-MiBpsHrs",
            "MiBps-Mo",
            needed(system, "provisioned_throughput_in_mibps"),
          ),
        ]
      : []),
    ...(mode === "elastic"
      ? [
          efs("Data read", "ETDataAccess-Bytes", "GB", "monthly_elastic_read_gb"),
          efs("Data written", "ETWriteDataAccess-Bytes", "GB", "monthly_elastic_write_gb"),
        ]
      : []),
  ];
}

function needed(resource: ResourceReader, path: string) {
  const value = resource.number(path);
  if (value === null) throw new UnknownValueError(path, "is not set");
  return fixed(value);
}

/** How usage types name a deployment. */
const OPEN_ZFS: Readonly<Record<string, string>> = {
  SINGLE_AZ_1: "SAZ",
  SINGLE_AZ_HA_1: "SAZ_2N",
  SINGLE_AZ_2: "SAZ2",
  SINGLE_AZ_HA_2: "SAZ_2N2",
  MULTI_AZ_1: "MAZ",
};
const ONTAP: Readonly<Record<string, string>> = {
  SINGLE_AZ_1: "SAZ_2N",
  SINGLE_AZ_2: "SAZ_2N2",
  MULTI_AZ_1: "MAZ",
  MULTI_AZ_2: "MAZ2",
};

function flashCharges(system: ResourceReader, kind: string, deployments: Readonly<Record<string, string>>) {
  const deployment = system.text("deployment_type") ?? "";
  const zones = Object.hasOwn(deployments, deployment) ? deployments[deployment] : undefined;
  if (zones === undefined)
    throw new UnknownValueError("deployment_type", `is ${deployment}, which has no price model`);
  return [
    throughput(system, kind, zones),
    storage(system, kind, zones, "SSD"),
    ...provisionedIops(system, kind, zones),
    backups(kind, zones),
  ];
}

const operation = (kind: string) => `CreateFileSystem:${kind}`;

const throughput = (system: ResourceReader, kind: string, zones: string) =>
  monthly(
    "Throughput capacity",
    "AmazonFSx",
    `ThroughputCapacity.${zones}`,
    "MiBps-Mo",
    needed(system, "throughput_capacity"),
    operation(kind),
  );

const storage = (system: ResourceReader, kind: string, zones: string, disk: string) =>
  monthly(
    `Storage, ${disk}`,
    "AmazonFSx",
    `Storage.${zones}:${disk}`,
    "GB-Mo",
    needed(system, "storage_capacity"),
    operation(kind),
  );

const backups = (kind: string, zones: string) =>
  monthly(
    "Backups",
    "AmazonFSx",
    zones.startsWith("MAZ") ? "BackupUsage.MAZ" : "BackupUsage",
    "GB-Mo",
    usage("backup_storage_gb"),
    operation(kind),
  );

/** Three IOPS for each GB of storage are part of its price. */
const IOPS_INCLUDED = 3;

function provisionedIops(system: ResourceReader, kind: string, zones: string) {
  const disk = "disk_iops_configuration.0";
  if (system.text(`${disk}.mode`) !== "USER_PROVISIONED") return [];
  const extra =
    (system.number(`${disk}.iops`) ?? 0) - IOPS_INCLUDED * (system.number("storage_capacity") ?? 0);
  return extra > 0
    ? [
        monthly(
          "Provisioned IOPS",
          "AmazonFSx",
          `ProvisionedSSDIOPS.${zones}`,
          "IOPS-Mo",
          fixed(extra),
          operation(kind),
        ),
      ]
    : [];
}

function lustreCharges(system: ResourceReader) {
  const type = system.text("deployment_type") ?? "SCRATCH_1";
  const disk = system.text("storage_type") === "HDD" ? "HDD" : "SSD";
  const perUnit = system.number("per_unit_storage_throughput");
  const family = type.startsWith("SCRATCH")
    ? "Storage.SAZ:Scratch"
    : `Storage.SAZ:Persistent_${disk}_${perUnit ?? 0}`;
  return [
    monthly(
      `Storage, ${type}`,
      "AmazonFSx",
      family,
      "GB-Mo",
      needed(system, "storage_capacity"),
      operation("Lustre"),
    ),
    backups("Lustre", "SAZ"),
  ];
}
