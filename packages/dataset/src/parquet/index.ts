// A door of its own: what stands behind it loads Arrow and parquet-wasm, and most who read a summary need neither.
export { arrowTable } from "./arrow.ts";
export { parquetCodec } from "./wasm-codec.ts";
export type { WasmSource } from "./wasm-instance.ts";
