/** A column of a bill file. */
export interface FileColumn {
  /** As the file spells it. */
  readonly name: string;
  /** As SQL reads it: by its position in the file (`c0`), or a literal where it comes from a folder's name. */
  readonly sql: string;
  /** DuckDB's type; every column of a CSV is text. */
  readonly type: string;
  /** Whether it can contain the empty text: DuckDB reads an empty field of a CSV as NULL. */
  readonly canBeEmpty: boolean;
  /** The folder that names it, `BillingCurrency=EUR`; absent for a column of the file itself. */
  readonly folder?: string;
}
