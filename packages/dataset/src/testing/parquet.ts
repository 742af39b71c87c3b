import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parquetCodec } from "../parquet/index.ts";

const wasm = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

/** The parquet codec of the dataset, for tests in Node. */
export const parquet = parquetCodec(readFileSync(wasm));
