import {
  add,
  compare,
  decimalText,
  divideHalfEven,
  isZero,
  type Money,
  magnitude,
  moneyText,
  negate,
  zero,
} from "../money/index.ts";
import {
  type PricedResource,
  type PricedResources,
  type PricingInput,
  priceResources,
  UnknownValueError,
} from "../pricing/index.ts";
import { listed, quoted } from "../text/index.ts";
import { driftedResources } from "./drifted-resources.ts";
import type { Plan, PlanCounts, ResourceChange } from "./plan.ts";
import type {
  CostCenterDeltaDocument,
  PlanCostDocument,
  PlanCountsDocument,
  PlanDocument,
} from "./plan-document.ts";
import { PlanError } from "./plan-error.ts";
import { plannedResource, rangeOf } from "./planned-resource.ts";
import { type AllocatedSide, allocatedSides, type PlanAllocation } from "./tag-allocation.ts";

/** What a plan is priced with. */
export interface PlanPricing extends Omit<PricingInput, "changes"> {
  /** The region of resources for which the plan decides none; `null` where nobody said it. */
  readonly region: string | null;
}

const NO_ALLOCATION: PlanAllocation = { tagKey: null, costCenters: new Map() };

/**
 * What a plan does and what it costs. Sums are exact: the deltas of the resources, and those of the cost centers, add up to the
 * plan's.
 * @throws PlanError of kind `unknown_region` where a resource is priced by its region, and neither the plan nor `pricing` says it
 */
export function planReport(
  plan: Plan,
  pricing: PlanPricing,
  allocation: PlanAllocation = NO_ALLOCATION,
): PlanDocument {
  const changes = plan.changes.map((change) => ({ ...change, region: change.region ?? pricing.region }));
  const priced = priceResources({ ...pricing, changes });
  refuseUnknownRegions(priced.resources);
  const rows = changes.flatMap((change, at): readonly Row[] => {
    const resource = priced.resources[at];
    return resource === undefined
      ? []
      : [{ change, priced: resource, ...allocatedSides(change, allocation) }];
  });
  return {
    schema: 1,
    tool: plan.tool,
    tool_version: plan.toolVersion,
    format_version: plan.formatVersion,
    kind: plan.kind,
    complete: plan.isComplete,
    fingerprint: plan.fingerprint,
    counts: countsDocument(plan.counts),
    drift: driftedResources(plan),
    cost: costDocument(plan, priced),
    resources: rows
      .toSorted(largestFirst)
      .map(({ change, priced, before, after }) => plannedResource(change, priced, after ?? before)),
    by_cost_center: byCostCenter(rows, priced.currency),
    warnings: plan.warnings,
  };
}

interface Row {
  readonly change: ResourceChange;
  readonly priced: PricedResource;
  readonly before: AllocatedSide | null;
  readonly after: AllocatedSide | null;
}

/** The note of a resource whose price depends on a region that is not known. */
const REGION_UNDECIDED = new UnknownValueError("region", "is not decided by the plan").message;

/** How many addresses the sentence names. */
const MOST_ADDRESSES = 3;

function refuseUnknownRegions(resources: readonly PricedResource[]): void {
  const undecided = resources.filter(
    ({ region, notes }) => region === null && notes.includes(REGION_UNDECIDED),
  );
  if (undecided.length === 0) return;
  const named = undecided.slice(0, MOST_ADDRESSES).map(({ address }) => quoted(address));
  const more = undecided.length - named.length;
  throw new PlanError(
    "unknown_region",
    `In which region ${undecided.length === 1 ? "is" : "are"} ${listed(more === 0 ? named : [...named, `${more} more`])}? The plan does not say it: the provider's region is neither a constant nor a variable. Give it by --region.`,
  );
}

function countsDocument({ noOp, ...counts }: PlanCounts): PlanCountsDocument {
  return { ...counts, no_op: noOp };
}

function costDocument(plan: Plan, priced: PricedResources): PlanCostDocument {
  const { before, after, delta, counts, currency } = priced;
  return {
    currency,
    monthly_before: moneyText(before.expected),
    monthly_after: moneyText(after.expected),
    monthly_delta: moneyText(delta.expected),
    ...(isZero(before.expected) ? {} : { monthly_delta_percent: percent(delta.expected, before.expected) }),
    ...rangeOf(delta),
    one_time: moneyText(priced.oneTime),
    partial: priced.isPartial || !plan.isComplete || plan.kind === "errored",
    priced: counts.priced,
    usage_based: counts["usage-based"],
    free: counts.free,
    unsupported: counts.unsupported,
    unknown: counts.unknown,
  };
}

/** With two decimals. */
const percent = (part: Money, whole: Money): string => {
  const sign = whole.units < 0n ? -1n : 1n;
  return decimalText(divideHalfEven(sign * part.units * 10_000n, sign * whole.units), 2);
};

/** Known changes of cost, the largest first; then unknown ones; then what costs the same. By address among equals. */
function largestFirst({ priced: a }: Row, { priced: b }: Row): number {
  const [left, right] = [sizeOf(a), sizeOf(b)];
  if (left !== right) return left > right ? -1 : 1;
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

/** An unknown change is between the smallest one and none. In half units, so that there is a number between. */
const sizeOf = ({ delta }: PricedResource): bigint =>
  delta === null ? 1n : 2n * magnitude(delta.expected.units);

/** A resource whose tag changes takes its cost from one cost center to another. */
function byCostCenter(rows: readonly Row[], currency: string): readonly CostCenterDeltaDocument[] {
  const deltas = new Map<string | null, Money>();
  const note = (side: AllocatedSide | null, cost: Money) => {
    const name = side?.costCenter ?? null;
    deltas.set(name, add(deltas.get(name) ?? zero(currency), cost));
  };
  for (const { priced, before, after } of rows) {
    if (priced.before === null || priced.after === null || priced.delta === null) continue;
    note(before ?? after, negate(priced.before.expected));
    note(after ?? before, priced.after.expected);
  }
  return [...deltas]
    .filter(([, delta]) => !isZero(delta))
    .sort(([nameA, a], [nameB, b]) => {
      const bySize = compare({ ...b, units: magnitude(b.units) }, { ...a, units: magnitude(a.units) });
      return bySize === 0 ? ((nameA ?? "") < (nameB ?? "") ? -1 : 1) : bySize;
    })
    .map(([name, delta]) => ({ name, monthly_delta: moneyText(delta) }));
}
