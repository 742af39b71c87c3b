import type { DeployedOption, TextPattern } from "@dapanoskop/pipeline/options";

/** An option of the daily report: of the command line, the module and the functions. */
export type ReportOption = (DeployedOption | ListOption) & {
  /** The environment variable of the functions. A list is separated by commas there. */
  readonly variable: string;
};

/** An option with any number of texts as its value. */
export interface ListOption {
  readonly type: "list";
  /** On the command line, without `--`; it may be given several times. */
  readonly flag: string;
  /** The OpenTofu input, a `list(string)`. */
  readonly input: string;
  readonly valueName: string;
  readonly default: readonly [];
  readonly absent: string;
  readonly description: string;
  /** What each text has to match. No text that matches it contains a comma. */
  readonly pattern: TextPattern;
  readonly atMost: number;
  /** One text as an adopter would write it. */
  readonly example: string;
}

/** Options of the report by the names that they have in code. */
export type ReportOptionTable = Readonly<Record<string, ReportOption>>;
