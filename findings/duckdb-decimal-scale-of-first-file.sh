#!/usr/bin/env bash
# DuckDB 1.5.5 (@duckdb/node-api 1.5.5-r.5): read_parquet over a list of files takes the type of the first file.
# Two files have a column `cost`, DECIMAL(10,2) with 1.12 and DECIMAL(20,12) with 1.123456789012. The exact sum is
# 2.243456789012. Read with the coarse file first, the sum is 2.24: the fine values are rounded without an error or a
# warning. Read in the other order, or with union_by_name = true, the sum is exact.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.5-r.5 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run("COPY (SELECT 1.12::DECIMAL(10,2) AS cost) TO 'coarse.parquet'");
await connection.run("COPY (SELECT 1.123456789012::DECIMAL(20,12) AS cost) TO 'fine.parquet'");
async function sum(files, options = "") {
  const query = `SELECT sum(cost)::VARCHAR FROM read_parquet([${files}]${options})`;
  const [[value]] = (await connection.runAndReadAll(query)).getRowsJson();
  console.log(`${files}${options}: ${value}`);
  return value;
}
assert.equal(await sum("'coarse.parquet', 'fine.parquet'"), "2.24");
assert.equal(await sum("'fine.parquet', 'coarse.parquet'"), "2.243456789012");
assert.equal(await sum("'coarse.parquet', 'fine.parquet'", ", union_by_name = true"), "2.243456789012");
JS
node try.mjs
