import { usageTypeColumns } from "@dapanoskop/dataset";
import { parquetCodec } from "@dapanoskop/dataset/parquet";
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
    const response = await fetch(wasmHref);
    // It is named by its content: where it is gone, a newer page took this one's place.
    if (response.status === 404)
      throw new DataError("newer", "The reader of usage files was renewed since you opened this page.");
    if (!response.ok)
      throw new DataError("server", `The reader of usage files was answered with ${response.status}.`);
    return await WebAssembly.compileStreaming(response);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(
      "offline",
      "The reader of usage files could not be loaded. Check the connection and try again.",
      { cause },
    );
  }
}
