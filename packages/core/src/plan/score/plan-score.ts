import { addDays, type Day } from "../../calendar/index.ts";
import {
  add,
  divideHalfEven,
  isZero,
  type Money,
  magnitude,
  parseMoney,
  subtract,
  sum,
  zero,
} from "../../money/index.ts";
import type { PlanDocument, PlannedResourceDocument } from "../plan-document.ts";

/** A plan that was applied on a day. */
export interface AppliedPlan {
  readonly id: string;
  readonly project: string;
  readonly appliedOn: Day;
  readonly document: PlanDocument;
}

/** What the bill says a day, by workload or by resource. */
export interface BilledDays {
  /** The last day that is complete; `null` where none is. */
  readonly completeThrough: Day | null;
  /** The cost of a day; `null` where it is not known. A subject without a charge on a known day costs 0. */
  costOn(subject: string, day: Day): Money | null;
}

/** What is compared: all resources of a workload by its tag, or one resource by its id on the bill. */
export interface ScoreSubject {
  readonly kind: "workload" | "resource";
  /** The workload, or the resource's address. */
  readonly name: string;
  /** The Terraform types of the resources: one, unless a workload has several. */
  readonly types: readonly string[];
}

export interface PlanScore extends ScoreSubject {
  /** A month of 730 hours. */
  readonly predicted: Money;
  /** The mean day after the apply less the mean day before it, as a month. */
  readonly actual: Money;
  /** In tenths of a percent: 1000 where they are equal, 0 where they are apart by the larger one or more. */
  readonly permille: number;
}

/** What is not scored, and why, in a sentence. */
export interface UnscoredSubject extends ScoreSubject {
  readonly reason: string;
}

export interface PlanScores {
  readonly scores: readonly PlanScore[];
  readonly leftOut: readonly UnscoredSubject[];
}

/** Whole weeks, so that weekends count on both sides. The day of the apply counts on neither. */
export const SCORE_DAYS = 7;

/** Days around an apply in which another plan that touches the same subject makes a score impossible. */
const OVERLAP_DAYS = SCORE_DAYS;

/**
 * Compares what a plan predicted with what the bill says, for each workload or resource. There is no score where a part of the
 * prediction is not known, where another plan changed the same subject within a week, where the days are not complete yet, or
 * where the subject's cost varies more from day to day than the plan changes it.
 * @param subjectOf what a resource is compared by; a sentence where it cannot be
 * @param others other applied plans, of any project
 */
export function planScores(
  plan: AppliedPlan,
  others: readonly AppliedPlan[],
  billed: BilledDays,
  subjectOf: (
    resource: PlannedResourceDocument,
  ) => { readonly subject: string } | { readonly reason: string },
  kind: ScoreSubject["kind"],
): PlanScores {
  const scores: PlanScore[] = [];
  const leftOut: UnscoredSubject[] = [];
  const groups = new Map<string, PlannedResourceDocument[]>();
  for (const resource of plan.document.resources.filter(isChanged)) {
    const found = subjectOf(resource);
    if ("reason" in found) {
      leftOut.push({
        kind: "resource",
        name: resource.address,
        types: [resource.type],
        reason: found.reason,
      });
    } else {
      groups.set(found.subject, [...(groups.get(found.subject) ?? []), resource]);
    }
  }
  const overlaps = overlapsOf(plan, others, subjectOf);
  for (const [name, resources] of groups) {
    const subject = { kind, name, types: [...new Set(resources.map(({ type }) => type))].sort() };
    const score = overlaps.get(name) ?? scoreOf(plan, name, resources, billed);
    if (typeof score === "string") leftOut.push({ ...subject, reason: score });
    else scores.push({ ...subject, ...score });
  }
  return { scores, leftOut };
}

const isChanged = ({ action, monthly_delta, status }: PlannedResourceDocument): boolean =>
  ["create", "update", "delete", "replace", "other"].includes(action) &&
  status !== "free" &&
  (monthly_delta !== "0" || status === "usage-based");

/** By subject: the sentence that names the other plan. */
function overlapsOf(
  plan: AppliedPlan,
  others: readonly AppliedPlan[],
  subjectOf: Parameters<typeof planScores>[3],
): ReadonlyMap<string, string> {
  const [from, to] = [addDays(plan.appliedOn, -OVERLAP_DAYS), addDays(plan.appliedOn, OVERLAP_DAYS)];
  const near = others.filter(({ id, appliedOn }) => id !== plan.id && appliedOn >= from && appliedOn <= to);
  return new Map(
    near.flatMap(({ project, id, appliedOn, document }) =>
      document.resources.filter(isChanged).flatMap((resource) => {
        const found = subjectOf(resource);
        if ("reason" in found) return [];
        const reason = `The plan ${id} of ${project}, applied on ${appliedOn}, changes it too: the bill does not tell them apart.`;
        return [[found.subject, reason] as const];
      }),
    ),
  );
}

type Compared = Pick<PlanScore, "predicted" | "actual" | "permille">;

/** A sentence where there is no score. */
function scoreOf(
  { appliedOn, document }: AppliedPlan,
  subject: string,
  resources: readonly PlannedResourceDocument[],
  billed: BilledDays,
): Compared | string {
  const { currency } = document.cost;
  const unknown = resources.filter(
    ({ monthly_delta, status }) => monthly_delta === null || status !== "priced",
  );
  if (unknown.length > 0) {
    return `The plan does not know the whole cost of ${unknown
      .map(({ address }) => address)
      .slice(0, 5)
      .join(", ")}.`;
  }
  const last = addDays(appliedOn, SCORE_DAYS);
  if (billed.completeThrough === null || billed.completeThrough < last) {
    return `The bill must be complete through ${last}: ${SCORE_DAYS} days after the apply.`;
  }
  const before = week(subject, addDays(appliedOn, -SCORE_DAYS), billed);
  const after = week(subject, addDays(appliedOn, 1), billed);
  if (before === null || after === null) return "Some days of it are not known in the bill.";
  const predicted = sum(
    resources.map(({ monthly_delta }) => parseMoney(monthly_delta ?? "0", currency)),
    currency,
  );
  if (isZero(predicted)) return "The plan's changes of its cost cancel out.";
  // A day is 24 of the month's 730 hours: the amounts below are of a week, as 24/730 × 7 of a month.
  const isNoise = 2n * magnitude(predicted.units) * 24n < spread(before) * 730n;
  if (isNoise) return "Its cost varies more from day to day than the plan changes it.";
  const weekly = subtract(sum(after, currency), sum(before, currency));
  const actual = { units: divideHalfEven(weekly.units * 730n, 24n * BigInt(SCORE_DAYS)), currency };
  return { predicted, actual, permille: permilleOf(predicted, actual) };
}

function week(subject: string, from: Day, billed: BilledDays): readonly Money[] | null {
  const costs = Array.from({ length: SCORE_DAYS }, (_, at) => billed.costOn(subject, addDays(from, at)));
  const known = costs.filter((cost) => cost !== null);
  return known.length === costs.length ? known : null;
}

/** Between the dearest and the cheapest day, in units. */
function spread(days: readonly Money[]): bigint {
  const units = days.map((day) => day.units);
  const [largest, smallest] = [
    units.reduce((a, b) => (a > b ? a : b)),
    units.reduce((a, b) => (a < b ? a : b)),
  ];
  return largest - smallest;
}

/** How near two amounts are, against the larger one. The predicted one is not 0. */
function permilleOf(predicted: Money, actual: Money): number {
  const apart = magnitude(actual.units - predicted.units);
  const [a, b] = [magnitude(predicted.units), magnitude(actual.units)];
  const larger = a > b ? a : b;
  return apart >= larger ? 0 : Number(1000n - divideHalfEven(1000n * apart, larger));
}

/** How near the predictions of several scores were together: of their sums, so that a small one counts little. */
export function accuracyOf(scores: readonly PlanScore[]): Compared | null {
  const [first] = scores;
  if (first === undefined) return null;
  const none = zero(first.predicted.currency);
  const predicted = scores.reduce((total, one) => add(total, one.predicted), none);
  const actual = scores.reduce((total, one) => add(total, one.actual), none);
  return isZero(predicted) ? null : { predicted, actual, permille: permilleOf(predicted, actual) };
}
