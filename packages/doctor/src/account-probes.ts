import type { Window } from "@dapanoskop/core/calendar";
import type {
  AllocationTag,
  AskedHosts,
  BucketFacts,
  CallerIdentity,
  OrganizationRole,
  RecentCost,
} from "./account-facts.ts";
import type { Probe } from "./probe.ts";

/** Finds out about an account. No method throws: a failure is the outcome of its probe. */
export interface AccountProbes {
  hosts(): Promise<AskedHosts>;
  /** Free, and needs no permission. */
  identity(): Promise<Probe<CallerIdentity>>;
  /** Free. @param account of the identity */
  organization(account: string): Promise<Probe<OrganizationRole>>;
  readonly costExplorer: CostExplorerProbes;
  /** AWS's clock less ours in milliseconds, from the last answer; `null` before any. */
  clockSkew(): number | null;
  /** Requests to Cost Explorer that were answered so far, at $0.01 each. */
  paidRequests(): number;
}

/** Each makes one request to Cost Explorer, which costs $0.01 where it is answered and nothing where it is refused. */
export interface CostExplorerProbes {
  cost(window: Window): Promise<Probe<RecentCost>>;
  /** The cost allocation tags; where there are more than fit one page, a second request asks for `key`. */
  tags(key: string): Promise<Probe<readonly AllocationTag[]>>;
  tagKeysWithCost(window: Window): Promise<Probe<readonly string[]>>;
  costCategories(window: Window): Promise<Probe<readonly string[]>>;
  definitions(): Promise<Probe<readonly CategoryDefinition[]>>;
  definition(reference: string): Promise<Probe<null>>;
  forecast(window: Window): Promise<Probe<null>>;
}

/** A cost category that is defined, and by what its definition is asked for. */
export interface CategoryDefinition {
  readonly name: string;
  readonly reference: string;
}

/** Finds out about a bucket. */
export interface BucketProbe {
  /** @param account the owner that is expected; `null` where it is not known */
  find(account: string | null): Promise<BucketFacts>;
}
