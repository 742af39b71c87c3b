#!/usr/bin/env bash
# DuckDB 1.5.5 (@duckdb/node-api 1.5.5-r.5): a text has two readings as a MAP, and each refuses the other's notation.
# `{App=web}`, as Athena and Spark print a map, casts to MAP; `{"App": "web"}`, JSON, does not. By way of JSON it is the other
# way round. Both refuse a list of pairs, `[]` included, which FOCUS files have for "no tags", and a cast by way of JSON takes
# "null" for NULL. So one odd cell fails a whole scan unless each cell's notation is recognized first.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.5-r.5 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { DuckDBInstance } from "@duckdb/node-api";
const connection = await (await DuckDBInstance.create(":memory:")).connect();
async function read(text, by) {
  const query = `SELECT CAST(CAST(TRY(${by}) AS JSON) AS VARCHAR) FROM (SELECT ? AS text)`;
  const [[value]] = (await connection.runAndReadAll(query, [text])).getRowsJson();
  console.log(`${text} by ${by}: ${value}`);
  return value;
}
const direct = "CAST(text AS MAP(VARCHAR, VARCHAR))";
const json = "CAST(CAST(text AS JSON) AS MAP(VARCHAR, VARCHAR))";
assert.equal(await read("{App=web}", direct), '{"App":"web"}');
assert.equal(await read("{App=web}", json), null);
assert.equal(await read('{"App": "web"}', direct), null);
assert.equal(await read('{"App": "web"}', json), '{"App":"web"}');
for (const list of ["[]", '[{"key": "App", "value": "web"}]']) {
  assert.equal(await read(list, direct), null);
  assert.equal(await read(list, json), null);
}
assert.equal(await read("null", json), null);
JS
node try.mjs
