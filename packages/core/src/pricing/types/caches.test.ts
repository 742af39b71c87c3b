import { describe, expect, it } from "vitest";
import type { JsonValue } from "../index.ts";
import { aChange, listPriced, monthlyAfter, partsOf } from "../testing/index.ts";

const monthly = (type: string, after: Readonly<Record<string, JsonValue>>, afterUnknown: JsonValue = {}) =>
  monthlyAfter(listPriced([aChange({ type, after, afterUnknown })]));

// Published costs: infracost@95ba4f49a, elasticache_cluster_test.golden and elasticache_replication_group_test.golden.
describe("a cache cluster", () => {
  it("costs its nodes", () => {
    const redis = { engine: "redis", node_type: "cache.m6g.12xlarge", num_cache_nodes: 1 };
    const memcached = { engine: "memcached", node_type: "cache.m4.large", num_cache_nodes: 2 };
    expect(monthly("aws_elasticache_cluster", redis)).toBe("2596.61");
    expect(monthly("aws_elasticache_cluster", memcached)).toBe("227.76");
  });

  it("that is in a replication group costs nothing beside the group", () => {
    const change = aChange({ type: "aws_elasticache_cluster", after: { replication_group_id: "group" } });
    expect(listPriced([change]).resources[0]?.status).toBe("free");
  });

  it("of an engine whose price is not listed is unknown: Valkey costs less than Redis", () => {
    const valkey = { engine: "valkey", node_type: "cache.m4.large", num_cache_nodes: 1 };
    expect(monthly("aws_elasticache_cluster", valkey)).toBe("unknown");
  });
});

describe("a replication group", () => {
  it("has its shards times a primary and their replicas, or a number of clusters", () => {
    const sharded = {
      engine: "redis",
      node_type: "cache.m4.large",
      num_node_groups: 4,
      replicas_per_node_group: 3,
    };
    const plain = { engine: "redis", node_type: "cache.r5.4xlarge", num_cache_clusters: 3 };
    expect(monthly("aws_elasticache_replication_group", sharded)).toBe("1822.08");
    expect(monthly("aws_elasticache_replication_group", plain, { num_node_groups: true })).toBe("3775.56");
  });
});

describe("a serverless cache", () => {
  it("is charged for stored data and processing units, by use", () => {
    const change = aChange({ type: "aws_elasticache_serverless_cache", after: { engine: "redis" } });
    expect(monthlyAfter(listPriced([change]))).toBe("usage-based");
    const usage = { average_stored_gb: 1n, monthly_ecpus: 1_000_000n };
    expect(partsOf(listPriced([change], usage))).toEqual([
      ["Stored data", "91.25"],
      ["Processing units", "0.0034"],
    ]);
  });
});

describe("a MemoryDB cluster", () => {
  it("has no shipped price: it is unknown until prices are updated or observed", () => {
    const after = { node_type: "db.r6g.large", num_shards: 2, num_replicas_per_shard: 1, engine: "redis" };
    const { resources } = listPriced([aChange({ type: "aws_memorydb_cluster", after })]);
    expect(resources[0]?.status).toBe("unknown");
    expect(resources[0]?.parts[0]).toMatchObject({ name: "4 nodes, db.r6g.large", after: { rate: null } });
  });
});
