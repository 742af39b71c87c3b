import { CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";

/** AWS's names for pages that do not fit together any more: the data changed, or the token expired, while they were read. */
export const STALE_PAGES = new Set([
  "InvalidNextTokenException",
  "InvalidNextToken",
  "RequestChangedException",
]);

/** How often the pages are read again before the run fails. */
export const RESTARTS = 2;

export function isStale(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof CostExplorerServiceException && STALE_PAGES.has(cause.name);
}
