import { DuckDBInstance } from "@duckdb/node-api";

const SERVICES = [
  ["AmazonEC2", "Amazon Elastic Compute Cloud", "EUC1-BoxUsage:m5.large"],
  ["AmazonS3", "Amazon Simple Storage Service", "EUC1-TimedStorage-ByteHrs"],
  ["AmazonRDS", "Amazon Relational Database Service", "EUC1-InstanceUsage:db.r6g.large"],
  ["AmazonEFS", "Amazon Elastic File System", "EUC1-ETDataAccess-Bytes"],
  ["AmazonDynamoDB", "Amazon DynamoDB", "EUC1-ReadRequestUnits"],
  ["AWSLambda", "AWS Lambda", "EUC1-Lambda-GB-Second"],
  ["AmazonSNS", "Amazon Simple Notification Service", "EUC1-DeliveryAttempts-HTTP"],
  ["AWSGlue", "AWS Glue", "EUC1-ETL-DPU-Hour"],
] as const;

const one = (column: 0 | 1 | 2) =>
  `[${SERVICES.map((service) => `'${service[column]}'`).join(", ")}][1 + workload % 8]`;

/**
 * Writes one part of a CUR 2.0 of February 2026 as Data Exports does: Parquet, a charge an hour and resource, maps of
 * products, tags and cost categories. 8 services, 400 workloads in 20 cost centers, one charge in twelve without a tag:
 * 11,200 groups by day. Every line item has an id of its own, also among the parts.
 * @param first the number of the part's first charge
 */
export async function writeLargeParquet(path: string, rows: number, first = 0): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GB" });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE hours AS SELECT h AS hour, TIMESTAMP '2026-02-01' + INTERVAL 1 HOUR * h AS start,
    strftime(TIMESTAMP '2026-02-01' + INTERVAL 1 HOUR * h, '%Y-%m-%dT%H:%M:%SZ') AS text FROM range(673) t(h)`);
  await connection.run(`COPY (SELECT
      'ozw7q3xkn2d5m4pzrvc6' || lpad(CAST(row AS VARCHAR), 12, '0') || 'abcdabcdabcdabcdabcd' AS identity_line_item_id,
      a.text || '/' || b.text AS identity_time_interval,
      '111122223333' AS bill_payer_account_id, TIMESTAMP '2026-02-01' AS bill_billing_period_start_date,
      '4444555566' || lpad(CAST(workload % 8 AS VARCHAR), 2, '0') AS line_item_usage_account_id,
      'Usage' AS line_item_line_item_type, a.start AS line_item_usage_start_date,
      ${one(0)} AS line_item_product_code, ${one(2)} AS line_item_usage_type, 'USD' AS line_item_currency_code,
      CAST(hash(row) % 100000 AS DOUBLE) / 1000 AS line_item_usage_amount,
      CAST(hash(row + 7) % 100000000 AS DOUBLE) / 1e9 AS line_item_unblended_cost,
      MAP {'product_name': ${one(1)}, 'region': 'eu-central-1'} AS product, 'Hrs' AS pricing_unit,
      CASE WHEN workload % 12 = 0 THEN MAP {'user_team': 'x'}
        ELSE MAP {'user_app': 'workload-' || workload, 'user_team': 'team-' || (workload % 7)} END AS resource_tags,
      MAP {'cost_center': 'Center ' || (workload % 20)} AS cost_category
    FROM (SELECT r + ${first} AS row, CAST(hash(r) % 400 AS INTEGER) AS workload, r * 672 // ${rows} AS hour FROM range(${rows}) t(r))
      JOIN hours a USING (hour) JOIN hours b ON b.hour = a.hour + 1)
    TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
