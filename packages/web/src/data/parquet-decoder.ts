import { parquetCodec } from "@dapanoskop/dataset/parquet";
import wasmHref from "parquet-wasm/esm/parquet_wasm_bg.wasm?url";
import { DataError } from "./failure.ts";
import type { ParquetDecoder } from "./reader.ts";

/** The parquet reader, from our own origin. The browser compiles it while it loads, and caches it under its hash. */
export async function parquetDecoder(): Promise<ParquetDecoder> {
  return parquetCodec(await compiled());
}

async function compiled(): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(wasmHref);
    // The file's name contains its hash: if it is gone, a newer version of the page was deployed.
    if (response.status === 404)
      throw new DataError("newer", "A newer version of this page was deployed since you opened it.");
    if (!response.ok)
      throw new DataError(
        "server",
        `The server answered the request for the reader of usage files with status ${response.status}.`,
      );
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
