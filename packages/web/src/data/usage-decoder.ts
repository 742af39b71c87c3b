import { usageTypeColumns } from "@dapanoskop/core/artifacts";
import { parquetCodec } from "@dapanoskop/core/artifacts/parquet";
import wasmHref from "parquet-wasm/esm/parquet_wasm_bg.wasm?url";
import { DataError } from "./failure.ts";
import type { UsageDecoder } from "./reader.ts";

/** The parquet reader, from our own origin: compiled while it loads, kept by the browser under its hash. */
export async function usageDecoder(): Promise<UsageDecoder> {
  const codec = parquetCodec(await compiled());
  return async (key, bytes) => codec.decode(usageTypeColumns, key, bytes);
}

async function compiled(): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(wasmHref));
  } catch (cause) {
    throw new DataError(
      "offline",
      "The reader of usage files could not be loaded. Check the connection and try again.",
      {
        cause,
      },
    );
  }
}
