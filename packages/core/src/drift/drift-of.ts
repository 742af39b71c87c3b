import { add, compare, type Money, magnitude, zero } from "../money/index.ts";
import {
  type AttributeDifference,
  attributeDifferences,
  type Plan,
  type ResourceChange,
} from "../plan/index.ts";
import type { PriceableChange, PricedResource, PricedResources } from "../pricing/index.ts";
import { driftCost } from "./drift-cost.ts";
import { DriftError } from "./drift-error.ts";
import type { DriftedResource, DriftReport, DriftSeverity } from "./drift-report.ts";
import { type IgnoreRule, ignoresAttribute, ignoresResource } from "./ignore-rules.ts";
import { plannedTagLosses } from "./planned-tag-losses.ts";
import { tagKeyOf } from "./tag-path.ts";
import { withoutDifferences } from "./without-differences.ts";

export interface DriftOptions {
  /** Prices what changed: `before` is what the state says, `after` what is. */
  readonly price: (changes: readonly PriceableChange[]) => PricedResources;
  /** The tag that names workloads, by which cost is allocated to centers; `null`: no tag allocates. */
  readonly tagKey: string | null;
  readonly rules: readonly IgnoreRule[];
}

/**
 * What changed outside of Terraform, by a plan's `resource_drift`. Attributes that are empty in other ways, such as tags that
 * are `null` and then `{}`, are no drift: Terraform itself says "No changes" about them.
 * @throws DriftError where the plan is errored or leaves resources out: nothing is known of those, so it is no scan
 */
export function driftOf(
  plan: Pick<Plan, "kind" | "isComplete" | "drift" | "changes">,
  options: DriftOptions,
): DriftReport {
  const failure = scanFailure(plan);
  if (failure !== null) throw new DriftError(failure);
  const drifts = plan.drift.flatMap((change) => driftIn(change, options.rules));
  const { currency, resources: prices } = options.price(withRelated(drifts, plan.changes));
  const resources = drifts.map((drift, at) =>
    resourceOf(drift, prices[at] ?? null, currency, options.tagKey),
  );
  const counted = resources.filter(({ isIgnored }) => !isIgnored);
  const count = (severity: DriftSeverity) => counted.filter((one) => one.severity === severity).length;
  const known = counted.flatMap(({ monthlyDelta }) => (monthlyDelta === null ? [] : [monthlyDelta]));
  return {
    currency,
    resources: resources.sort(byCost),
    counts: {
      cost: count("cost"),
      allocation: count("allocation"),
      other: count("other"),
      ignored: resources.length - counted.length,
    },
    changed: counted.filter(({ change }) => change === "changed").length,
    deleted: counted.filter(({ change }) => change === "deleted").length,
    monthlyDelta: known.length === 0 && counted.length > 0 ? null : known.reduce(add, zero(currency)),
    isPartial: known.length < counted.length,
    plannedTagLosses: plannedTagLosses(plan.changes, options.tagKey).filter(
      ({ address, path }) => !ignoresAttribute(options.rules, address, path),
    ),
  };
}

function scanFailure({ kind, isComplete }: Pick<Plan, "kind" | "isComplete">): string | null {
  if (kind === "errored") {
    return "The plan is errored: Terraform could not plan everything, so what drifted is not known. Correct what `terraform plan` reports, and scan again.";
  }
  if (!isComplete) {
    return "The plan is not complete: resources are left out, as -target or a deferred change does, so what drifted is not known. Plan without -target, and scan again.";
  }
  return null;
}

/** Behind what drifted, the other resources of the plan: a price may depend on one, such as a group's on its launch template. */
function withRelated(
  drifts: readonly Drift[],
  changes: readonly ResourceChange[],
): readonly PriceableChange[] {
  const drifted = new Set(drifts.map(({ change }) => change.address));
  const others = changes.filter(({ address }) => !drifted.has(address));
  return [...drifts.map(({ priceable }) => priceable), ...others];
}

interface Drift {
  readonly change: ResourceChange;
  readonly paths: readonly string[];
  readonly ignoredPaths: readonly string[];
  readonly isIgnored: boolean;
  readonly priceable: PriceableChange;
}

/** Empty where nothing that counts differs. */
function driftIn(change: ResourceChange, rules: readonly IgnoreRule[]): readonly Drift[] {
  if (change.mode !== "managed" || change.before === null) return [];
  const { address } = change;
  if (change.after === null) {
    const isIgnored = ignoresResource(rules, address);
    return [{ change, paths: [], ignoredPaths: [], isIgnored, priceable: { ...change, action: "delete" } }];
  }
  const differences = attributeDifferences(change.before, change.after);
  const isIgnored = ({ path }: AttributeDifference) => ignoresAttribute(rules, address, path);
  const ignored = differences.filter(isIgnored);
  const ignoredPaths = [...ignored.map(({ path }) => path), ...sensitivePaths(change, rules, true)].sort();
  const paths = [
    ...differences.filter((one) => !isIgnored(one)).map(({ path }) => path),
    ...sensitivePaths(change, rules, false),
  ].sort();
  if (paths.length === 0 && ignoredPaths.length === 0) return [];
  const after = withoutDifferences(change.before, change.after, differences, new Set(ignored));
  return [
    {
      change,
      paths,
      ignoredPaths,
      isIgnored: paths.length === 0,
      priceable: { ...change, action: "update", after },
    },
  ];
}

const sensitivePaths = (
  { address, sensitiveChanges }: ResourceChange,
  rules: readonly IgnoreRule[],
  areIgnored: boolean,
): readonly string[] =>
  sensitiveChanges.filter((path) => ignoresAttribute(rules, address, path) === areIgnored);

function resourceOf(
  { change, paths, ignoredPaths, isIgnored }: Drift,
  price: PricedResource | null,
  currency: string,
  tagKey: string | null,
): DriftedResource {
  const isDeleted = change.after === null;
  const onlyTags = paths.every((path) => tagKeyOf(path) !== null);
  const { delta, isRelevant } = driftCost(price, { currency, isDeleted, onlyTags });
  const movesCost = tagKey !== null && paths.some((path) => tagKeyOf(path) === tagKey);
  return {
    address: change.address,
    deposed: change.deposed,
    previousAddress: change.previousAddress,
    type: change.type,
    region: change.region,
    change: isDeleted ? "deleted" : "changed",
    severity: isRelevant ? "cost" : movesCost ? "allocation" : "other",
    movesCost,
    paths,
    ignoredPaths,
    isIgnored,
    monthlyBefore: price?.before?.expected ?? null,
    monthlyAfter: price?.after?.expected ?? null,
    monthlyDelta: delta,
    notes: price?.notes ?? [],
  };
}

const SEVERITIES: readonly DriftSeverity[] = ["cost", "allocation", "other"];

function byCost(a: DriftedResource, b: DriftedResource): number {
  if (a.isIgnored !== b.isIgnored) return a.isIgnored ? 1 : -1;
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (severity !== 0) return severity;
  const size = compareSizes(b.monthlyDelta, a.monthlyDelta);
  return size !== 0 ? size : a.address < b.address ? -1 : 1;
}

/** An unknown amount counts as the smallest. */
function compareSizes(a: Money | null, b: Money | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compare({ ...a, units: magnitude(a.units) }, { ...b, units: magnitude(b.units) });
}
