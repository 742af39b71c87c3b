// The time that DuckDB alone needs for the same work, in a process of its own: one thread, the queried columns loaded
// once with their types, then the questions that a collection asks, each fetched whole. Amounts are exact: DECIMAL(18, 12)
// as they are read, which is the quickest that holds them, and DECIMAL(38, 12) as they are summed.
import process from "node:process";
import { DuckDBInstance } from "@duckdb/node-api";

const [bill = ""] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads: "1", preserve_insertion_order: "false" });
const duckdb = await instance.connect();
await duckdb.run(`
  CREATE TABLE charges AS SELECT
    CAST("lineItem/UsageStartDate" AS DATE) AS day,
    CASE WHEN "lineItem/ProductCode" <> 'AmazonEC2' THEN "product/ProductName"
      WHEN contains("lineItem/UsageType", 'BoxUsage') THEN 'Amazon Elastic Compute Cloud - Compute'
      ELSE 'EC2 - Other' END AS service,
    "lineItem/UsageType" AS usage_type, "lineItem/LineItemType" AS charge_type,
    "resourceTags/user:App" AS workload, "costCategory/CostCenter" AS center,
    "lineItem/UnblendedCost" AS cost, "lineItem/UsageAmount" AS used, "pricing/unit" AS unit
  FROM read_csv('${bill.replaceAll("'", "''")}', header = true, delim = ',', quote = '"', all_varchar = false, hive_partitioning = false,
    types = {'lineItem/UsageStartDate': 'TIMESTAMP', 'lineItem/UnblendedCost': 'DECIMAL(18, 12)',
      'lineItem/UsageAmount': 'DECIMAL(18, 12)'})`);

const queried = "day >= DATE '2026-02-01' AND day < DATE '2026-03-08'";
const month = "date_trunc('month', day)";
const ask = (keys, filter = "true") =>
  duckdb.runAndReadAll(`
    SELECT ${keys}, CAST(sum(cost) AS DECIMAL(38, 12)), CAST(sum(used) AS DECIMAL(38, 12)), min(unit), max(unit)
    FROM charges WHERE ${queried} AND ${filter} GROUP BY ALL`);

await ask("day");
await ask("day, workload, center");
await ask("day, service, usage_type");
await ask("day, service, charge_type");
await ask(`${month}, workload, usage_type`);
await ask(
  `${month}, workload, usage_type`,
  "usage_type = 'EUC1-TimedStorage-ByteHrs' AND service = 'Amazon DynamoDB'",
);
await ask("day"); // of the eight weeks that a forecast looks back
