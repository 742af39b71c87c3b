// A door of its own: what stands behind it loads Arrow and parquet-wasm, and most who read a summary need neither.
export { arrowTable } from "./arrow.ts";
export { parquetCodec } from "./codec.ts";
export type { WasmSource } from "./wasm-instance.ts";
