// The time that DuckDB alone needs for the same work, in a process of its own: one thread, the queried columns read once
// with their types, a check by distinct 64-bit hashes that no line item stands twice, then the questions that a collection
// asks, each fetched whole. Amounts are exact: DECIMAL(18, 12) as they are read, which is the quickest that holds them, and
// DECIMAL(38, 12) as they are summed. Parquet (CUR 2.0) is summed by day and all asked dimensions while it is read, CSV
// (a legacy CUR) is loaded, which is the quicker of the two for each of these bills.
import process from "node:process";
import { DuckDBInstance } from "@duckdb/node-api";

const [bill = ""] = process.argv.slice(2);
const path = bill.replaceAll("'", "''");
const isParquet = !bill.endsWith(".csv");
const instance = await DuckDBInstance.create(":memory:", {
  threads: "1",
  preserve_insertion_order: "false",
  ...(isParquet ? { memory_limit: "256MB" } : {}),
});
const duckdb = await instance.connect();

const fromCsv = `
  CREATE TABLE charges AS SELECT
    CAST("lineItem/UsageStartDate" AS DATE) AS day,
    CASE WHEN "lineItem/ProductCode" <> 'AmazonEC2' THEN "product/ProductName"
      WHEN contains("lineItem/UsageType", 'BoxUsage') THEN 'Amazon Elastic Compute Cloud - Compute'
      ELSE 'EC2 - Other' END AS service,
    "lineItem/UsageType" AS usage_type, "lineItem/LineItemType" AS charge_type,
    "resourceTags/user:App" AS workload, "costCategory/CostCenter" AS center,
    "lineItem/UnblendedCost" AS cost, "lineItem/UsageAmount" AS used, "pricing/unit" AS unit,
    hash("identity/LineItemId", "identity/TimeInterval") AS item
  FROM read_csv('${path}', header = true, delim = ',', quote = '"', all_varchar = false, hive_partitioning = false,
    types = {'lineItem/UsageStartDate': 'TIMESTAMP', 'lineItem/UnblendedCost': 'DECIMAL(18, 12)',
      'lineItem/UsageAmount': 'DECIMAL(18, 12)'})`;

const files = `read_parquet('${path}${bill.endsWith(".parquet") ? "" : "/*.parquet"}', hive_partitioning = false)`;
const fromParquet = `
  CREATE TABLE charges AS SELECT
    CAST(line_item_usage_start_date AS DATE) AS day,
    CASE WHEN line_item_product_code <> 'AmazonEC2' THEN product['product_name']
      WHEN contains(line_item_usage_type, 'BoxUsage') THEN 'Amazon Elastic Compute Cloud - Compute'
      ELSE 'EC2 - Other' END AS service,
    line_item_usage_type AS usage_type, line_item_line_item_type AS charge_type, resource_tags['user_app'] AS workload,
    cost_category['cost_center'] AS center, line_item_currency_code AS currency, pricing_unit AS unit,
    sum(CAST(line_item_unblended_cost AS DECIMAL(18, 12))) AS cost, sum(CAST(line_item_usage_amount AS DECIMAL(18, 12))) AS used
  FROM ${files} GROUP BY ALL`;

await duckdb.run(isParquet ? fromParquet : fromCsv);
await duckdb.runAndReadAll(
  isParquet
    ? `SELECT count(*), count(DISTINCT hash(identity_line_item_id, identity_time_interval)) FROM ${files}`
    : "SELECT count(*), count(DISTINCT item) FROM charges",
);

const queried = "day >= DATE '2026-02-01' AND day < DATE '2026-03-08'";
const month = "date_trunc('month', day)";
const ask = (keys, filter = "true") =>
  duckdb.runAndReadAll(`
    SELECT ${keys}, CAST(sum(cost) AS DECIMAL(38, 12)), CAST(sum(used) AS DECIMAL(38, 12)), min(unit), max(unit)
    FROM charges WHERE ${queried} AND ${filter} GROUP BY ALL`);

await ask("day");
await ask("day, workload, center");
await ask("day, service, usage_type");
await ask("day, workload, charge_type");
await ask(`${month}, workload, usage_type`);
await ask(
  `${month}, workload, usage_type`,
  "usage_type = 'EUC1-TimedStorage-ByteHrs' AND service = 'Amazon DynamoDB'",
);
await ask("day"); // of the eight weeks that a forecast looks back
