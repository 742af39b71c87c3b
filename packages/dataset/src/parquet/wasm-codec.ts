import { counted } from "@dapanoskop/core/text";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import {
  Compression,
  EnabledStatistics,
  readParquet,
  Table as WasmTable,
  type WriterProperties,
  WriterPropertiesBuilder,
  writeParquet,
} from "parquet-wasm/esm";
import { ArtifactError } from "../documents/parse.ts";
import { arrowTable, columnsOf } from "./arrow.ts";
import { hideHint, showHint } from "./arrow-hint.ts";
import type { ParquetColumn } from "./columns.ts";
import type { ParquetCodec } from "./parquet-codec.ts";
import { type WasmSource, wasmInstance } from "./wasm-instance.ts";

/** Rows of a row group: a reader needs at least so many in memory, and the writer collects so many before it writes. */
const ROW_GROUP = 131_072;

/** Rows that the reader decodes at a time; its own default of 1,024 is slow. */
const READ_BATCH = 131_072;

/**
 * Reads and writes parquet with parquet-wasm. The module is instantiated once a process: a later call gets the same.
 * @param wasm `parquet-wasm/esm/parquet_wasm_bg.wasm`, bytes or compiled; this module opens no file
 */
export function parquetCodec(wasm: WasmSource): ParquetCodec {
  const instance = wasmInstance(wasm);
  return {
    encode(set) {
      const ipc = tableToIPC(arrowTable(set), "stream");
      try {
        return hideHint(instance.run(() => written(ipc, set.columns)));
      } catch (cause) {
        const names = set.columns.map(({ name }) => name).join(", ");
        const message = `Writing ${counted(set.rows, "row")} of ${names} as parquet failed: ${reason(cause)}. Nothing was published; give the process more memory if it is short of it.`;
        throw new Error(message, { cause });
      }
    },
    decode(columns, key, bytes) {
      try {
        const ipc = instance.run(() =>
          readParquet(showHint(bytes), { batchSize: READ_BATCH }).intoIPCStream(),
        );
        return columnsOf(columns, tableFromIPC(ipc));
      } catch (cause) {
        const message = `${key} is not as published: ${reason(cause)}. Collect its month again, or restore the file from the store's versions.`;
        throw new ArtifactError("corrupt", key, message, { cause });
      }
    },
  };
}

function written(ipc: Uint8Array, columns: readonly ParquetColumn[]): Uint8Array {
  const settings = properties(columns);
  let table: WasmTable;
  try {
    table = WasmTable.fromIPCStream(ipc);
  } catch (error) {
    settings.free();
    throw error;
  }
  return writeParquet(table, settings); // consumes both, and frees them also when it fails
}

/**
 * SNAPPY, because ZSTD saves 4 % here and decodes three times slower in a browser. Amounts hardly ever repeat, so a
 * dictionary of them costs time and saves nothing. Rows come sorted by cost, so smallest and largest values of a row
 * group help no reader to skip one.
 */
function properties(columns: readonly ParquetColumn[]): WriterProperties {
  let builder = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setMaxRowGroupSize(ROW_GROUP)
    .setStatisticsEnabled(EnabledStatistics.None)
    .setDictionaryEnabled(true);
  for (const { name, type } of columns) {
    if (type === "double") builder = builder.setColumnDictionaryEnabled(name, false);
  }
  return builder.build();
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause).slice(0, 300);
  return cause.name === "RuntimeError" ? "parquet-wasm stopped with a panic" : cause.message.slice(0, 300);
}
