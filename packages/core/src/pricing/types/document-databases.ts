import { monthHours, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader, ResourceType } from "../resource-type.ts";
import { chargedType } from "./charged-type.ts";
import { requiredText } from "./required.ts";

/** DocumentDB and Neptune, which AWS bills alike: instances by the hour, and the storage of their cluster by use. */
interface ClusterService {
  readonly name: string;
  readonly service: string;
  readonly cluster: string;
  readonly instance: string;
}

const services: readonly ClusterService[] = [
  {
    name: "DocumentDB",
    service: "AmazonDocDB",
    cluster: "aws_docdb_cluster",
    instance: "aws_docdb_cluster_instance",
  },
  {
    name: "Neptune",
    service: "AmazonNeptune",
    cluster: "aws_neptune_cluster",
    instance: "aws_neptune_cluster_instance",
  },
];

const isIoOptimized = (cluster: ResourceReader | null) => cluster?.text("storage_type") === "iopt1";

function instanceCharges({ name, service, cluster }: ClusterService, instance: ResourceReader) {
  const instanceClass = requiredText(instance, "instance_class");
  const family = isIoOptimized(instance.related("cluster_identifier", cluster))
    ? "InstanceUsageIOOptimized"
    : "InstanceUsage";
  return [
    monthly(`${name} instance, ${instanceClass}`, service, `${family}:${instanceClass}`, "Hrs", monthHours()),
  ];
}

function clusterCharges({ service }: ClusterService, cluster: ResourceReader): readonly ResourceCharge[] {
  const isOptimized = isIoOptimized(cluster);
  const storage = isOptimized ? "IO-OptimizedStorageUsage" : "StorageUsage";
  return [
    monthly("Storage", service, storage, "GB-Mo", usage("storage_gb")),
    ...(isOptimized
      ? []
      : [monthly("I/O requests", service, "StorageIOUsage", "IOs", usage("monthly_io_requests"))]),
    monthly(
      "Additional backup storage",
      service,
      "BackupUsage",
      "GB-Mo",
      usage("backup_storage_gb", { isIncluded: true }),
    ),
  ];
}

export const documentDatabaseTypes: readonly ResourceType[] = services.flatMap((one) => [
  chargedType(one.cluster, (cluster) => clusterCharges(one, cluster)),
  chargedType(one.instance, (instance) => instanceCharges(one, instance)),
]);
