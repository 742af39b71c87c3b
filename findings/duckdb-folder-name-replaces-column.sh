#!/usr/bin/env bash
# DuckDB 1.5.5 (@duckdb/node-api 1.5.5-r.5): a folder called like a column replaces the column of the file.
# cost=7000/bill.csv and cost=7000/bill.parquet have a column `cost` with the value 1.5. Without an option both read 7000.
# The CSV reader does so even with auto_detect = false and a `columns` map that declares `cost` as a column of the file.
# hive_partitioning = false reads the file's own value.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.5-r.5 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
mkdirSync("cost=7000");
writeFileSync("cost=7000/bill.csv", "cost,day\n1.5,2026-02-01\n");
await connection.run("COPY (SELECT 1.5::DECIMAL(10,2) AS cost) TO 'cost=7000/bill.parquet'");
async function cost(scan) {
  const [[value]] = (await connection.runAndReadAll(`SELECT cost::VARCHAR FROM ${scan}`)).getRowsJson();
  console.log(`${scan}: ${value}`);
  return value;
}
const columns = "header = true, columns = {cost: 'VARCHAR', day: 'VARCHAR'}";
assert.equal(await cost("read_parquet('cost=7000/bill.parquet')"), "7000");
assert.equal(await cost(`read_csv('cost=7000/bill.csv', auto_detect = false, ${columns})`), "7000");
assert.equal(await cost("read_parquet('cost=7000/bill.parquet', hive_partitioning = false)"), "1.50");
assert.equal(await cost(`read_csv('cost=7000/bill.csv', auto_detect = false, hive_partitioning = false, ${columns})`), "1.5");
JS
node try.mjs
