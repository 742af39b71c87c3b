import { fixed, monthHours, monthly, usage } from "../charge.ts";
import type { ChargeQuantity, ResourceCharge, ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";
import { rdsOperation } from "./rds-engine.ts";
import { givenNumber, requiredNumber, requiredText } from "./required.ts";

const rds = (
  name: string,
  family: string,
  unit: string,
  quantity: ChargeQuantity,
  operation: string | null = null,
) => monthly(name, "AmazonRDS", family, unit, quantity, operation);

function instanceCharges(resource: ResourceReader): readonly ResourceCharge[] {
  const source = resource.related("replicate_source_db", "aws_db_instance");
  // A replica takes the engine and the size of its source.
  const from = (path: string) => (source !== null && resource.isUnknown(path) ? source : resource);
  const engine = requiredText(from("engine"), "engine");
  const instanceClass = requiredText(resource, "instance_class");
  noteSupport(resource, engine);
  const isMultiAz = resource.flag("multi_az") === true;
  const license = resource.isUnknown("license_model") ? null : resource.text("license_model");
  const family = `${isMultiAz ? "Multi-AZUsage" : "InstanceUsage"}:${instanceClass}`;
  const name = `Instance, ${instanceClass}, ${engine}, ${isMultiAz ? "Multi-AZ" : "Single-AZ"}`;
  const hours = rds(name, family, "Hrs", monthHours(), rdsOperation(engine, license));
  const size = requiredNumber(from("allocated_storage"), "allocated_storage");
  return [
    hours,
    ...storageCharges(resource, engine, size, isMultiAz),
    ...insightCharges(resource, instanceClass),
    backups("RDS:ChargedBackupUsage"),
  ];
}

/**
 * Versions that AWS supports for a charge by the vCPU hour:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
 */
const EXTENDED_SUPPORT =
  /^(?:(?:aurora-)?mysql 5\.7|aurora 5\.7|(?:aurora-postgresql|postgres) 1[12])(?:\.|$)/;

function noteSupport(resource: ResourceReader, engine: string): void {
  const version = resource.isUnknown("engine_version") ? null : resource.text("engine_version");
  if (version === null || !EXTENDED_SUPPORT.test(`${engine} ${version}`)) return;
  resource.note(`Extended support of ${engine} ${version.slice(0, 20)} is not priced.`);
}

/** Days of Performance Insights that cost nothing: https://aws.amazon.com/rds/performance-insights/pricing/ */
const INSIGHTS_INCLUDED_DAYS = 7;

/** Performance Insights that are kept longer cost by the vCPUs of the instance, which its class does not say. */
function insightCharges(resource: ResourceReader, instanceClass: string): readonly ResourceCharge[] {
  const isEnabled = resource.flag("performance_insights_enabled") === true;
  const days = resource.number("performance_insights_retention_period") ?? INSIGHTS_INCLUDED_DAYS;
  if (!isEnabled || days <= INSIGHTS_INCLUDED_DAYS) return [];
  const family = `PI_LTR:${(instanceClass.split(".")[1] ?? "").toUpperCase()}`;
  return [rds("Performance Insights, long-term", family, "vCPU-Months", usage("performance_insights_vcpus"))];
}

/** AWS includes backups of the size of the database: https://aws.amazon.com/rds/mysql/pricing/ */
const backups = (family: string): ResourceCharge =>
  rds(
    "Additional backup storage",
    family,
    "GB-Mo",
    usage("additional_backup_storage_gb", { isIncluded: true }),
  );

function storageCharges(
  resource: ResourceReader,
  engine: string,
  size: number,
  isMultiAz: boolean,
): readonly ResourceCharge[] {
  const iops = givenNumber(resource, "iops") ?? 0;
  const isGiven = !resource.isUnknown("storage_type") && resource.text("storage_type") !== null;
  const type = !isGiven && iops > 0 ? "io1" : (resource.text("storage_type") ?? "gp2");
  const family = (what: string) => `RDS:${isMultiAz ? "Multi-AZ-" : ""}${what}`;
  const storage = (what: string) => rds(`Storage, ${type}`, family(what), "GB-Mo", fixed(size));
  switch (type) {
    case "gp2":
      return [storage("GP2-Storage")];
    case "gp3": {
      const beyond = {
        iops: iops - gp3Iops(engine, size),
        throughput: gp3Throughput(resource, engine, size),
      };
      return [
        storage("GP3-Storage"),
        ...(beyond.iops > 0 ? [rds("IOPS", family("GP3-PIOPS"), "IOPS-Mo", fixed(beyond.iops))] : []),
        ...(beyond.throughput > 0
          ? [rds("Throughput", family("GP3-Throughput"), "MBPS-Mo", fixed(beyond.throughput))]
          : []),
      ];
    }
    case "io1":
      return [storage("PIOPS-Storage"), rds("IOPS", family("PIOPS"), "IOPS-Mo", provisioned(iops))];
    case "io2":
      return [storage("PIOPS-Storage-IO2"), rds("IOPS", family("PIOPS-IO2"), "IOPS-Mo", provisioned(iops))];
    case "standard":
      return [
        storage("StorageUsage"),
        rds("I/O requests", "RDS:StorageIOUsage", "IOs", usage("monthly_standard_io_requests")),
      ];
    default:
      throw new UnknownValueError("storage_type", `is ${type.slice(0, 60)}, which has no price model`);
  }
}

/** Storage of provisioned IOPS has some: none are not known ones. @throws UnknownValueError */
function provisioned(iops: number): ChargeQuantity {
  if (iops === 0) throw new UnknownValueError("iops", "is not in the plan");
  return fixed(iops);
}

/**
 * From this size on, AWS stripes gp3 over four volumes and includes more: 400 GB, 200 GB for Oracle, never for SQL Server.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
const isStriped = (engine: string, size: number) =>
  !engine.startsWith("sqlserver") && size >= (engine.startsWith("oracle") ? 200 : 400);

const gp3Iops = (engine: string, size: number) => (isStriped(engine, size) ? 12_000 : 3000);

const gp3Throughput = (resource: ResourceReader, engine: string, size: number) =>
  (resource.number("storage_throughput") ?? 0) - (isStriped(engine, size) ? 500 : 125);

function clusterCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  const engine = requiredText(cluster, "engine");
  if (!engine.startsWith("aurora")) {
    throw new UnknownValueError("engine", "is a Multi-AZ DB cluster, which has no price model");
  }
  const isIoOptimized = cluster.text("storage_type") === "aurora-iopt1";
  const storage = isIoOptimized ? "Aurora:IO-OptimizedStorageUsage" : "Aurora:StorageUsage";
  return [
    ...(cluster.text("engine_mode") === "serverless" ? [serverlessV1(cluster)] : []),
    rds("Storage", storage, "GB-Mo", usage("storage_gb")),
    ...(isIoOptimized
      ? []
      : [rds("I/O requests", "Aurora:StorageIOUsage", "IOs", usage("monthly_io_requests"))]),
    backups("Aurora:BackupUsage"),
  ];
}

/** Capacity moves with the load between a minimum and a maximum; only usage says it where one of them is not given. */
const capacity = (low: number | null, high: number | null) =>
  usage("capacity_units_per_hr", {
    times: [730],
    ...(low === null || high === null ? {} : { range: { low, high } }),
  });

function serverlessV1(cluster: ResourceReader): ResourceCharge {
  const [low, high] = ["min_capacity", "max_capacity"].map((name) =>
    cluster.number(`scaling_configuration.0.${name}`),
  );
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/rds_cluster: 1 and 16 where none are given
  return rds("Serverless capacity", "Aurora:ServerlessUsage", "ACU-Hr", capacity(low ?? 1, high ?? 16));
}

function clusterInstanceCharges(instance: ResourceReader): readonly ResourceCharge[] {
  const cluster = instance.related("cluster_identifier", "aws_rds_cluster");
  const instanceClass = requiredText(instance, "instance_class");
  const isIoOptimized = cluster?.text("storage_type") === "aurora-iopt1";
  if (cluster === null) instance.note("The cluster is not in the plan: priced with Aurora standard storage.");
  if (instanceClass === "db.serverless") {
    return [serverlessV2(cluster, isIoOptimized), ...insightCharges(instance, instanceClass)];
  }
  const engine = requiredText(instance, "engine");
  noteSupport(instance, engine);
  const family = `${isIoOptimized ? "InstanceUsageIOOptimized" : "InstanceUsage"}:${instanceClass}`;
  return [
    rds(`Instance, ${instanceClass}, ${engine}`, family, "Hrs", monthHours(), rdsOperation(engine, null)),
    ...insightCharges(instance, instanceClass),
  ];
}

function serverlessV2(cluster: ResourceReader | null, isIoOptimized: boolean): ResourceCharge {
  const scaling = "serverlessv2_scaling_configuration.0";
  if (cluster === null) throw new UnknownValueError(scaling, "is that of a cluster that is not in the plan");
  const quantity = capacity(
    cluster.number(`${scaling}.min_capacity`),
    cluster.number(`${scaling}.max_capacity`),
  );
  const family = isIoOptimized ? "Aurora:ServerlessV2IOOptimizedUsage" : "Aurora:ServerlessV2Usage";
  return rds("Serverless v2 capacity", family, "ACU-Hr", quantity);
}

export const rdsTypes = [
  chargedType("aws_db_instance", instanceCharges),
  chargedType("aws_rds_cluster", clusterCharges),
  chargedType("aws_rds_cluster_instance", clusterInstanceCharges),
];
