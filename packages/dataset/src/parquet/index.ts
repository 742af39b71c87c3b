// An entry point of its own: it loads Arrow and parquet-wasm, which readers of a summary do not need.
export { arrowTable } from "./arrow.ts";
export { parquetCodec } from "./wasm-codec.ts";
export type { WasmSource } from "./wasm-instance.ts";
