// The cost of each resource of a CUR by DuckDB alone, on one thread, as exact decimals: node duckdb-resources.mjs BILL.csv
import { DuckDBInstance } from "@duckdb/node-api";

const [, , path] = process.argv;
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const duckdb = await instance.connect();
await duckdb.runAndReadAll(
  `SELECT line_item_product_code, line_item_resource_id, sum(line_item_unblended_cost),
     count(DISTINCT hash(identity_line_item_id))
   FROM read_csv('${path}', header = true, delim = ',', quote = '"', all_varchar = false, hive_partitioning = false,
     types = {'line_item_unblended_cost': 'DECIMAL(18, 12)'})
   GROUP BY ALL`,
);
