import type { CostExplorerClientConfig } from "@aws-sdk/client-cost-explorer";
import type { RequestCosts } from "@dapanoskop/core/source";
import type { Timeouts, TransportRuntime } from "../transport/index.ts";
import type { QueryContext } from "./query-context.ts";
import type { RequestScope } from "./request-scope.ts";

/** All times are milliseconds. The SDK finds the endpoint: AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_COST_EXPLORER apply. */
export interface CostExplorerOptions extends Partial<TransportRuntime> {
  /** The part of the bill that is read. Default: everything that the account may see. */
  readonly scope?: RequestScope;
  /** The region whose partition is asked. Default: the SDK's own (AWS_REGION, profile); without one the standard partition. */
  readonly region?: string;
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
export interface CostExplorerProgress extends QueryContext {
  /** The number of the page within its query, from 1. */
  readonly page: number;
  /** What the run has spent so far. */
  readonly requestCosts: RequestCosts;
}
