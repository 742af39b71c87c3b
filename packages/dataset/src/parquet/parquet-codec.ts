import type { ColumnSet, ParquetColumn } from "./columns.ts";

/** Columns to parquet bytes and back. The same columns always give the same bytes. */
export interface ParquetCodec {
  /** The file's bytes. While it writes it needs some 130 bytes of memory a row beyond the columns. */
  encode(set: ColumnSet): Uint8Array;

  /**
   * Reads a published file.
   * @param columns the expected columns: names, order, types
   * @param key the object's key, for the error
   * @throws ArtifactError `corrupt` when the bytes are not parquet, or have other columns
   */
  decode<Columns extends readonly ParquetColumn[]>(
    columns: Columns,
    key: string,
    bytes: Uint8Array,
  ): ColumnSet<Columns>;
}
