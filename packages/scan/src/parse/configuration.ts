/** A block of a configuration file: `resource "aws_s3_bucket" "logs" { … }`. HCL and JSON files give the same. */
export interface ConfigurationBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, ConfigurationExpression>;
  readonly blocks: readonly ConfigurationBlock[];
}

/** What of an expression decides which keys a map has. Nothing is evaluated. */
export type ConfigurationExpression =
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly ConfigurationExpression[] }
  /** `local.tags.web`: `local`, `tags`, `web`. */
  | { readonly kind: "reference"; readonly path: readonly string[] }
  | {
      readonly kind: "choice";
      readonly either: ConfigurationExpression;
      readonly or: ConfigurationExpression;
    }
  /** A text without a template. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "null" }
  | { readonly kind: "other" };

export interface ObjectEntry {
  /** `null` where the key is computed. */
  readonly key: string | null;
  readonly value: ConfigurationExpression;
}

/** A configuration file could not be read as a whole. */
export interface ParsedFile {
  readonly blocks: readonly ConfigurationBlock[];
  /** The line of the first part that is not understood; `null` where there is none. */
  readonly errorLine: number | null;
}
