import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ParquetCodec } from "@dapanoskop/dataset";
import { parquetCodec } from "@dapanoskop/dataset/parquet";

const WASM = "parquet_wasm_bg.wasm";

/**
 * The parquet reader and writer. The bundle has its wasm file beside itself, a checkout among its packages.
 * @throws Error when the file is in neither place
 */
export async function loadParquet(): Promise<ParquetCodec> {
  try {
    return parquetCodec(await readFile(wasmPlace()));
  } catch (cause) {
    throw new Error(
      `${WASM} could not be loaded: it belongs beside the function's code. Build and deploy again.`,
      {
        cause,
      },
    );
  }
}

function wasmPlace(): URL | string {
  const beside = new URL(WASM, import.meta.url);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(`parquet-wasm/esm/${WASM}`);
}
