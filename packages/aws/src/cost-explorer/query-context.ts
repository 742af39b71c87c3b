import { addDays, type Window } from "@dapanoskop/core/calendar";
import { CostSourceError, type CostSourceFailure } from "@dapanoskop/core/source";

/** Cost Explorer's calls that the collector makes; each needs the IAM action `ce:` of the same name. */
export type CostExplorerOperation =
  | "GetCostAndUsage"
  | "GetCostForecast"
  | "GetCostCategories"
  | "GetTags"
  | "ListCostCategoryDefinitions"
  | "DescribeCostCategoryDefinition";

/** What is queried, for the sentences of errors and of progress. */
export interface QueryContext {
  readonly operation: CostExplorerOperation;
  readonly window: Window | null;
  /** The query in words, names from the bill already quoted. */
  readonly subject: string;
}

/** `GetCostAndUsage (DAILY UnblendedCost by tag "App") for 2026-02-01 to 2026-02-28`: both days are included. */
function contextText({ operation, window, subject }: QueryContext): string {
  const days = window === null ? "" : ` for ${window.start} to ${addDays(window.end, -1)}`;
  return `${operation} (${subject})${days}`;
}

/** An error about a query; `sentence` says what happened and what to do. */
export function queryError(
  failure: CostSourceFailure,
  context: QueryContext,
  sentence: string,
  options?: ErrorOptions,
): CostSourceError {
  return new CostSourceError(failure, context.window, `${contextText(context)}: ${sentence}`, options);
}

/** An answer that contradicts itself or its protocol. */
export function protocolError(context: QueryContext, what: string, options?: ErrorOptions): CostSourceError {
  return queryError(
    "protocol",
    context,
    `${what} Nothing of this answer is used. Run again; if the error stays, report it with this sentence.`,
    options,
  );
}
