import { monthHours, monthly, usage } from "../charge.ts";
import type { ResourceCharge, ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";
import { chargedType } from "./charged-type.ts";
import { requiredNumber, requiredText } from "./required.ts";

/** The operation of a bill by engine: Valkey costs less than Redis OSS. */
const OPERATIONS: Readonly<Record<string, string>> = {
  memcached: "CreateCacheCluster:0001",
  redis: "CreateCacheCluster:0002",
  valkey: "CreateCacheCluster:0003",
};

function nodes(nodeType: string, engine: string, count: number): ResourceCharge {
  const operation = Object.hasOwn(OPERATIONS, engine) ? OPERATIONS[engine] : undefined;
  if (operation === undefined)
    throw new UnknownValueError("engine", `is ${engine.slice(0, 60)}, which has no price model`);
  const name = `${count} ${count === 1 ? "node" : "nodes"}, ${nodeType}, ${engine}`;
  return monthly(name, "AmazonElastiCache", `NodeUsage:${nodeType}`, "Hrs", monthHours(count), operation);
}

/** AWS includes one snapshot of each cluster: https://aws.amazon.com/elasticache/pricing/ */
const snapshots = () =>
  monthly(
    "Additional backup storage",
    "AmazonElastiCache",
    "BackupUsage",
    "GB-Mo",
    usage("snapshot_storage_size_gb", { isIncluded: true }),
  );

function clusterCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  // A node of a replication group is priced with the group.
  const group = cluster.isUnknown("replication_group_id") ? null : cluster.text("replication_group_id");
  if (group !== null) {
    cluster.note("The cluster is a member of a replication group, which is priced with all its nodes.");
    return [];
  }
  const engine = requiredText(cluster, "engine");
  const count = requiredNumber(cluster, "num_cache_nodes");
  return [
    nodes(requiredText(cluster, "node_type"), engine, count),
    ...(engine === "memcached" ? [] : [snapshots()]),
  ];
}

/** A group has its shards times their nodes, or a number of clusters. */
function groupCharges(group: ResourceReader): readonly ResourceCharge[] {
  const clusters = group.isUnknown("num_cache_clusters") ? null : group.number("num_cache_clusters");
  const isSharded = !group.isUnknown("num_node_groups") && group.number("num_node_groups") !== null;
  const count =
    clusters !== null && !isSharded
      ? clusters
      : requiredNumber(group, "num_node_groups") * (1 + requiredNumber(group, "replicas_per_node_group"));
  return [nodes(requiredText(group, "node_type"), requiredText(group, "engine"), count), snapshots()];
}

/** Serverless caches are charged by what they store and process: https://aws.amazon.com/elasticache/pricing/ */
const ENGINE_NAMES: Readonly<Record<string, string>> = {
  redis: "Redis",
  valkey: "Valkey",
  memcached: "Memcached",
};

function serverlessCharges(cache: ResourceReader): readonly ResourceCharge[] {
  const engine = requiredText(cache, "engine");
  const name = Object.hasOwn(ENGINE_NAMES, engine) ? ENGINE_NAMES[engine] : engine;
  return [
    monthly(
      "Stored data",
      "AmazonElastiCache",
      `CachedData:${name}`,
      "GB-Hr",
      usage("average_stored_gb", { times: [730] }),
    ),
    monthly(
      "Processing units",
      "AmazonElastiCache",
      `ElastiCacheProcessingUnits:${name}`,
      "ElastiCacheProcessingUnits",
      usage("monthly_ecpus"),
    ),
  ];
}

function memoryDbCharges(cluster: ResourceReader): readonly ResourceCharge[] {
  const nodeType = requiredText(cluster, "node_type");
  const engine = requiredText(cluster, "engine");
  const count =
    requiredNumber(cluster, "num_shards") * (1 + requiredNumber(cluster, "num_replicas_per_shard"));
  // A bill tells Valkey from Redis OSS by the operation.
  const operation = engine === "valkey" ? "CreateCluster:0002" : null;
  return [
    monthly(
      `${count} nodes, ${nodeType}`,
      "AmazonMemoryDB",
      `NodeUsage:${nodeType}`,
      "Hrs",
      monthHours(count),
      operation,
    ),
    monthly("Written data", "AmazonMemoryDB", "DataWritten", "GB", usage("monthly_data_written_gb")),
  ];
}

export const cacheTypes = [
  chargedType("aws_elasticache_cluster", clusterCharges),
  chargedType("aws_elasticache_replication_group", groupCharges),
  chargedType("aws_elasticache_serverless_cache", serverlessCharges),
  chargedType("aws_memorydb_cluster", memoryDbCharges),
];
