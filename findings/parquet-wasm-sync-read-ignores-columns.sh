#!/usr/bin/env bash
# parquet-wasm 0.8.0: the synchronous readParquet accepts `columns` and returns every column. Its `limit` and `offset` work.
# The asynchronous ParquetFile.read returns the requested columns only. Both take the same ReaderOptions type, which documents `columns`.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null; npm install --no-audit --no-fund --ignore-scripts parquet-wasm@0.8.0 apache-arrow@21.2.0 >/dev/null
cat > try.mjs <<'JS'
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
const wasm = createRequire(import.meta.url)("parquet-wasm/node");
const table = tableFromArrays({ a: [1, 2, 3], b: [4, 5, 6], c: [7, 8, 9] });
const bytes = wasm.writeParquet(wasm.Table.fromIPCStream(tableToIPC(table, "stream")));
const read = (result) => tableFromIPC(result.intoIPCStream());
const names = ({ schema }) => schema.fields.map(({ name }) => name).join();
const sync = read(wasm.readParquet(bytes, { columns: ["b"], limit: 1 }));
const file = await wasm.ParquetFile.fromFile(new Blob([bytes]));
const async = read(await file.read({ columns: ["b"], limit: 1 }));
console.log(`synchronous: columns ${names(sync)}, rows ${sync.numRows}; asynchronous: columns ${names(async)}, rows ${async.numRows}`);
assert.equal(names(sync), "a,b,c");
assert.equal(sync.numRows, 1);
assert.equal(names(async), "b");
assert.equal(async.numRows, 1);
JS
node try.mjs
