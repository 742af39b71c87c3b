/** A block of a configuration file: `resource "aws_s3_bucket" "logs" { … }`. HCL and JSON files give the same. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/** What of an expression decides which keys a map has. Nothing is evaluated. */
export type Expression =
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly Expression[] }
  /** `local.tags.web`: `local`, `tags`, `web`. */
  | { readonly kind: "reference"; readonly path: readonly string[] }
  | { readonly kind: "choice"; readonly either: Expression; readonly or: Expression }
  /** A text without a template. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "null" }
  | { readonly kind: "other" };

export interface ObjectEntry {
  /** `null` where the key is computed. */
  readonly key: string | null;
  readonly value: Expression;
}

/** A configuration file could not be read as a whole. */
export interface ParsedFile {
  readonly blocks: readonly Block[];
  /** The line of the first part that is not understood; `null` where there is none. */
  readonly errorLine: number | null;
}
