import { bookEntries, infracostGolden } from "./book-entries.ts";

const MEMCACHED = "CreateCacheCluster:0001";
const REDIS = "CreateCacheCluster:0002";

/** ElastiCache. */
export const cachePrices = [
  ...bookEntries(infracostGolden("elasticache_cluster"), "us-east-1", [
    ["AmazonElastiCache", "NodeUsage:cache.m6g.12xlarge", "Hrs", "3.557", REDIS],
    ["AmazonElastiCache", "NodeUsage:cache.m4.large", "Hrs", "0.156", MEMCACHED],
    ["AmazonElastiCache", "NodeUsage:cache.m4.large", "Hrs", "0.156", REDIS],
    ["AmazonElastiCache", "BackupUsage", "GB-Mo", "0.085"],
  ]),
  ...bookEntries(infracostGolden("elasticache_replication_group"), "us-east-1", [
    ["AmazonElastiCache", "NodeUsage:cache.r5.4xlarge", "Hrs", "1.724", REDIS],
  ]),
  ...bookEntries(
    {
      source:
        "https://aws.amazon.com/blogs/database/unlock-on-demand-cost-optimized-performance-with-amazon-elasticache-serverless/",
      date: "2024-01-05",
    },
    "us-east-1",
    [
      ["AmazonElastiCache", "CachedData:Redis", "GB-Hr", "0.125"],
      ["AmazonElastiCache", "ElastiCacheProcessingUnits:Redis", "ElastiCacheProcessingUnits", "0.0000000034"],
    ],
  ),
  ...bookEntries(
    {
      source: "https://www.usage.ai/blogs/aws/database-savings-plans/elasticache/serverless-pricing/",
      date: "2026-06-01",
    },
    "us-east-1",
    [
      ["AmazonElastiCache", "CachedData:Valkey", "GB-Hr", "0.084"],
      [
        "AmazonElastiCache",
        "ElastiCacheProcessingUnits:Valkey",
        "ElastiCacheProcessingUnits",
        "0.0000000023",
      ],
      ["AmazonElastiCache", "CachedData:Memcached", "GB-Hr", "0.125"],
      [
        "AmazonElastiCache",
        "ElastiCacheProcessingUnits:Memcached",
        "ElastiCacheProcessingUnits",
        "0.0000000034",
      ],
    ],
  ),
];
