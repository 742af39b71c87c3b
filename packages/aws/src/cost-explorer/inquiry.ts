import { addDays, type Window } from "@dapanoskop/core/calendar";
import { CostSourceError, type CostSourceFailure } from "@dapanoskop/core/source";

/** Cost Explorer's calls that the collector makes; each needs the IAM action `ce:` of the same name. */
export type Operation =
  | "GetCostAndUsage"
  | "GetCostForecast"
  | "GetCostCategories"
  | "ListCostCategoryDefinitions"
  | "DescribeCostCategoryDefinition";

/** What is being asked, for the sentences of errors and progress. */
export interface Inquiry {
  readonly operation: Operation;
  readonly window: Window | null;
  /** The question in words, names from the bill already quoted. */
  readonly subject: string;
}

/** `GetCostAndUsage (DAILY UnblendedCost by tag "App") for 2026-02-01 to 2026-02-28`: both days are included. */
export function inquiryText({ operation, window, subject }: Inquiry): string {
  const days = window === null ? "" : ` for ${window.start} to ${addDays(window.end, -1)}`;
  return `${operation} (${subject})${days}`;
}

/** An error about an inquiry; `sentence` says what happened and what to do. */
export function inquiryError(
  failure: CostSourceFailure,
  inquiry: Inquiry,
  sentence: string,
  options?: ErrorOptions,
): CostSourceError {
  return new CostSourceError(failure, inquiry.window, `${inquiryText(inquiry)}: ${sentence}`, options);
}

/** An answer that contradicts itself or its protocol. */
export function protocolError(inquiry: Inquiry, what: string, options?: ErrorOptions): CostSourceError {
  return inquiryError(
    "protocol",
    inquiry,
    `${what} Nothing of this answer is used. Run again; if it stays, report it with this sentence.`,
    options,
  );
}
