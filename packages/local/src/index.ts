export {
  type BillFileOptions,
  type BillFileSource,
  type BillFormat,
  type LeftOut,
  openBillFile,
} from "./bill-file/index.ts";
export { type FileSystem, folderStore } from "./folder-store/index.ts";
export { loadParquetCodec } from "./parquet-wasm.ts";
