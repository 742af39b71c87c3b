import type { ChargeColumns } from "./charge-columns.ts";
import type { ScannableFile } from "./file-columns.ts";

/** Files of one shape: one scan reads them. */
export interface FileGroup {
  readonly files: readonly ScannableFile[];
  readonly columns: ChargeColumns;
}
