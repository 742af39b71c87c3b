import type { CostSource, RequestCosts } from "@dapanoskop/core/source";
import { connectToCostExplorer } from "./connection.ts";
import { queryCostCategories } from "./cost-categories.ts";
import type { CostExplorerOptions } from "./cost-explorer-options.ts";
import { queryCost } from "./cost-query.ts";
import { queryForecast } from "./forecast-query.ts";
import { querySplitCharges } from "./split-charges.ts";
import { queryTagKeys } from "./tag-keys.ts";

export type { CostExplorerOptions, CostExplorerProgress } from "./cost-explorer-options.ts";
export { PRICE_PER_REQUEST } from "./request-costs.ts";
export { requestScope } from "./request-scope.ts";

export interface CostExplorerSource extends CostSource {
  /** What the source has spent since it was opened. */
  readonly requestCosts: RequestCosts;
}

/** AWS Cost Explorer as a cost source. One instance is one run: it keeps one budget and one currency. */
export function costExplorerSource(options: CostExplorerOptions = {}): CostExplorerSource {
  const connection = connectToCostExplorer(options);
  return {
    kind: "Cost Explorer",
    provider: "AWS",
    get requestCosts() {
      return connection.requestCosts();
    },
    query: (query) => queryCost(connection, query),
    forecast: (query) => queryForecast(connection, query),
    costCategories: (window) => queryCostCategories(connection, window),
    tagKeys: (window) => queryTagKeys(connection, window),
    splitCharges: (costCategory) => querySplitCharges(connection, costCategory),
  };
}
