import { CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";

/** AWS's names for pages that do not fit together any more: the data moved, or the token grew old, while they were read. */
export const STALE_PAGES = new Set([
  "InvalidNextTokenException",
  "InvalidNextToken",
  "RequestChangedException",
]);

/** Fresh starts after the first, before the run fails. */
export const RESTARTS = 2;

export function wentStale(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof CostExplorerServiceException && STALE_PAGES.has(cause.name);
}
