import { add, compare, type Money, negate, zero } from "../../money/index.ts";
import type { ManagedResource } from "./managed-resources.ts";
import { resourceMatcher } from "./resource-matcher.ts";

/** What a resource cost in the bill's window. */
export interface ResourceCost {
  readonly service: string;
  /** As the bill calls it; `null` for a charge of no resource, such as tax or support. */
  readonly resourceId: string | null;
  readonly cost: Money;
}

/** Spend by whether Terraform manages what it was spent on. The three sum to the whole, exactly. */
export interface CoverageCosts {
  readonly managed: Money;
  readonly unmanaged: Money;
  /** Of charges that name no resource. */
  readonly unattributable: Money;
}

export interface ServiceCoverage extends CoverageCosts {
  readonly service: string;
}

export interface Coverage extends CoverageCosts {
  /**
   * `managed` of `managed` and `unmanaged`, in tenths of a percent, rounded half up; `null` where it says nothing: their sum is
   * not positive, or one of them is negative, as credits make it.
   */
  readonly permille: number | null;
  /** The service with the largest unmanaged cost first. */
  readonly services: readonly ServiceCoverage[];
  /** Resources that no given state manages, the dearest first. */
  readonly unmanagedResources: readonly ResourceCost[];
  /** Addresses of managed resources of types that bills name, without a charge: free, stopped, or newer than the bill. */
  readonly managedCount: number;
  readonly chargedManagedCount: number;
}

/** Joins the resources of a bill with those that Terraform manages. Rows of one service and resource must be one. */
export function coverageOf(
  costs: readonly ResourceCost[],
  managed: readonly ManagedResource[],
  currency: string,
): Coverage {
  const managedAs = resourceMatcher(managed);
  const none: CoverageCosts = {
    managed: zero(currency),
    unmanaged: zero(currency),
    unattributable: zero(currency),
  };
  const services = new Map<string, CoverageCosts>();
  const charged = new Set<string>();
  const unmanagedResources: ResourceCost[] = [];
  let whole = none;
  for (const row of costs) {
    const { service, resourceId, cost } = row;
    const match = resourceId === null ? null : managedAs(resourceId);
    const kind = resourceId === null ? "unattributable" : match === null ? "unmanaged" : "managed";
    if (match !== null) charged.add(match.address);
    if (kind === "unmanaged") unmanagedResources.push(row);
    services.set(service, plus(services.get(service) ?? none, kind, cost));
    whole = plus(whole, kind, cost);
  }
  return {
    ...whole,
    permille: permilleOf(whole),
    services: [...services]
      .map(([service, of]) => ({ service, ...of }))
      .sort((a, b) => dearest(a.unmanaged, b.unmanaged) || byText(a.service, b.service)),
    unmanagedResources: unmanagedResources.sort(
      (a, b) => dearest(a.cost, b.cost) || byText(a.resourceId ?? "", b.resourceId ?? ""),
    ),
    managedCount: managed.length,
    chargedManagedCount: charged.size,
  };
}

const plus = (costs: CoverageCosts, kind: keyof CoverageCosts, cost: Money): CoverageCosts => ({
  ...costs,
  [kind]: add(costs[kind], cost),
});

function permilleOf({ managed, unmanaged }: CoverageCosts): number | null {
  const whole = managed.units + unmanaged.units;
  if (whole <= 0n || managed.units < 0n || unmanaged.units < 0n) return null;
  return Number((2_000n * managed.units + whole) / (2n * whole));
}

const dearest = (a: Money, b: Money): number => compare(negate(a), negate(b));
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
