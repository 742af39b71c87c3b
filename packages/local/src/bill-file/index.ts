/** Bills in files: FOCUS, CUR and CUR 2.0, queried like Cost Explorer. */
export {
  type BillFileOptions,
  type BillFileSource,
  openBillFile,
  openBillObjects,
} from "./bill-file-source.ts";
export type { BillFormat } from "./charge-columns.ts";
export type { LeftOut } from "./load-bill.ts";
