/** A column of a published parquet file, as an outside reader sees it. */
export interface ParquetColumn {
  readonly name: string;
  /** `string`: UTF-8 text. `double`: 64 bits, IEEE 754. */
  readonly type: "string" | "double";
  /** Whether a row may have no value: what could not be known is NULL, never 0. */
  readonly nullable: boolean;
}

const text = <Name extends string>(name: Name) => ({ name, type: "string", nullable: false }) as const;
const amount = <Name extends string>(name: Name) => ({ name, type: "double", nullable: false }) as const;
const unknownAmount = <Name extends string>(name: Name) =>
  ({ name, type: "double", nullable: true }) as const;

/**
 * `cost-by-workload.parquet`: a row for each cost center, workload and period that has cost.
 * Names, order and types are a contract with outside readers: writer, reader and verifier take them from here.
 */
export const workloadColumns = [
  text("cost_center"),
  text("workload"),
  text("period"), // YYYY-MM
  amount("cost_usd"), // in the deployment's currency, never rounded
] as const;

/**
 * `cost-by-usage-type.parquet`: a row for each workload, usage type and period that has cost. The same contract.
 * `cost-by-usage-type-like-for-like.parquet` has the same columns; its rows of the month before are those of the days that
 * the summary calls `windows.prior_partial`. It has rows of the month itself where the last days so far are not complete:
 * those of `windows.current`.
 */
export const usageTypeColumns = [
  text("workload"),
  text("usage_type"),
  text("category"), // Storage, Compute, Support, Other
  text("period"),
  amount("cost_usd"),
  unknownAmount("usage_quantity"), // NULL where the unit is unknown or mixed
] as const;

/** `cost-by-day.parquet`: a row for each day, cost center and workload that has cost. The same contract. */
export const dayColumns = [
  text("date"), // YYYY-MM-DD
  text("cost_center"),
  text("workload"),
  amount("cost_usd"),
] as const;

/** `cost-by-service.parquet`: a row for each day, service and usage type. The same contract. */
export const serviceColumns = [
  text("date"),
  text("service"),
  text("usage_type"),
  text("category"), // Storage, Compute, Support, Other
  amount("cost_usd"),
  unknownAmount("usage_quantity"), // NULL where the unit is unknown or mixed
  text("unit"), // as the bill has it; empty where it is unknown or mixed
] as const;

/** As narrow as the number of distinct texts allows: a million periods need one byte each. */
export type Codes = Uint8Array | Uint16Array | Int32Array;

/** Texts in columnar form: the text of a row is `values[codes[row]]`. Grouping over codes never touches a string. */
export interface StringColumn {
  readonly type: "string";
  readonly codes: Codes;
  readonly values: readonly string[];
}

/** Numbers in columnar form. A row without a value has 0 in `numbers`. */
export interface DoubleColumn {
  readonly type: "double";
  readonly numbers: Float64Array;
  /** A bit a row, the lowest first, 1 where there is a value; `null` where every row has one. */
  readonly validity: Uint8Array | null;
}

/** The rows of one file, column by column. */
export interface ColumnSet<Columns extends readonly ParquetColumn[] = readonly ParquetColumn[]> {
  readonly columns: Columns;
  readonly rows: number;
  readonly data: {
    readonly [Column in Columns[number] as Column["name"]]: Column["type"] extends "string"
      ? StringColumn
      : Column["type"] extends "double"
        ? DoubleColumn
        : StringColumn | DoubleColumn;
  };
}

export type WorkloadColumns = ColumnSet<typeof workloadColumns>;
export type DayColumns = ColumnSet<typeof dayColumns>;
export type ServiceColumns = ColumnSet<typeof serviceColumns>;
export type UsageTypeColumns = ColumnSet<typeof usageTypeColumns>;

/** A row's text. */
export function textAt(column: StringColumn, row: number): string {
  const value = column.values[column.codes[row] ?? -1];
  if (value === undefined) throw new RangeError(`There is no row ${row}.`);
  return value;
}

/** A row's number; `null` where it is not known. */
export function numberAt(column: DoubleColumn, row: number): number | null {
  const value = column.numbers[row];
  if (value === undefined) throw new RangeError(`There is no row ${row}.`);
  const known = column.validity === null || ((column.validity[row >> 3] ?? 0) >> (row & 7)) & 1;
  return known ? value : null;
}
