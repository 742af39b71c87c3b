import type { CostExplorerClientConfig } from "@aws-sdk/client-cost-explorer";
import type { Window } from "@dapanoskop/core/calendar";
import type { CostSource, RequestCosts } from "@dapanoskop/core/source";
import {
  type Timeouts,
  type TransportRuntime,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import { connectToCostExplorer } from "./connection.ts";
import { queryCostCategories } from "./cost-categories.ts";
import { queryCost } from "./cost-query.ts";
import { queryForecast } from "./forecast-query.ts";
import { oneCurrency } from "./one-currency.ts";
import type { CostExplorerOperation } from "./query-context.ts";
import type { QuerySession } from "./query-session.ts";
import { querySplitCharges } from "./split-charges.ts";

/** All times are milliseconds. The SDK finds the endpoint: AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_COST_EXPLORER apply. */
export interface CostExplorerOptions extends Partial<TransportRuntime> {
  /** Default: the SDK's own chain (environment, profile, container, instance role). */
  readonly credentials?: CostExplorerClientConfig["credentials"];
  /** Requests that one run may pay for, at $0.01 each: $5.00 by default. */
  readonly pageCeiling?: number;
  /** Default 5. */
  readonly requestsPerSecond?: number;
  /** A clock that only goes forward, for the pace. Default: `performance.now`. */
  readonly elapsed?: () => number;
  /** How long before the deadline the last request is made, so that the results can be published. Default 25,000. */
  readonly stopBefore?: number;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
  /** Called for every page that was answered. */
  readonly onPage?: (progress: CostExplorerProgress) => void;
}

/** A page has been answered. */
export interface CostExplorerProgress {
  readonly operation: CostExplorerOperation;
  readonly window: Window | null;
  /** The query in words. */
  readonly subject: string;
  /** The number of the page within its query, from 1. */
  readonly page: number;
  /** What the run has spent so far. */
  readonly requestCosts: RequestCosts;
}

export interface CostExplorerSource extends CostSource {
  /** What the source has spent since it was opened. */
  readonly requestCosts: RequestCosts;
}

/** AWS Cost Explorer as a cost source. One instance is one run: it keeps one budget and one currency. */
export function costExplorerSource(options: CostExplorerOptions = {}): CostExplorerSource {
  const { stopBefore = 25_000, onPage } = options;
  const runtime = transportRuntime(options);
  const connection = connectToCostExplorer({
    credentials: options.credentials,
    ceiling: options.pageCeiling ?? 500,
    requestsPerSecond: options.requestsPerSecond ?? 5,
    elapsed: options.elapsed ?? (() => performance.now()),
    timeouts: timeoutsWithDefaults(options.timeouts),
    runtime: { ...runtime, deadline: { timeLeft: () => runtime.deadline.timeLeft() - stopBefore } },
  });
  const session: QuerySession = {
    readCost: oneCurrency(),
    async call(context, page, send) {
      const answer = await connection.call(context, send);
      onPage?.({ ...context, page, requestCosts: connection.requestCosts() });
      return answer;
    },
  };
  return {
    get requestCosts() {
      return connection.requestCosts();
    },
    query: (query) => queryCost(session, query),
    forecast: (query) => queryForecast(session, query),
    costCategories: (window) => queryCostCategories(session, window),
    splitCharges: (costCategory) => querySplitCharges(session, costCategory),
  };
}
