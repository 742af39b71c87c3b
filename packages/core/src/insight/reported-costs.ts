import { add, displayedParts, type Money, magnitude, rounded } from "../money/index.ts";
import { type Change, changeOf } from "./change.ts";
import type {
  CostByPeriod,
  CostCenterFigures,
  CostFigures,
  MonthFigures,
  NameKind,
  WorkloadFigures,
} from "./month-figures.ts";

/** The period that a month's costs are compared with first. */
export type BasePeriod = "priorPeriodToDate" | "previousMonth";

/** The same days of the month before while a month is running, the whole month before afterwards. */
export const basePeriodOf = ({ isRunning }: Pick<MonthFigures, "isRunning">): BasePeriod =>
  isRunning ? "priorPeriodToDate" : "previousMonth";

/** The side of the month: its complete days against the same days of the month before, else the whole month. */
export const comparedCost = (cost: CostByPeriod, base: BasePeriod): Money =>
  base === "priorPeriodToDate" ? (cost.completeDays ?? cost.current) : cost.current;

/** A cost center or a workload with its change against the base period. */
export interface ReportedCost {
  readonly name: string;
  readonly kind: NameKind;
  readonly cost: CostByPeriod;
  /** The current cost in cents as it is displayed: the lines of a list add up to the displayed total. */
  readonly displayed: bigint;
  /** What `previous` is compared with: the complete days of a running month, the whole of a closed one. */
  readonly compared: Money;
  /** In the base period; `null`: unknown. */
  readonly previous: Money | null;
  readonly change: Change;
}

export interface ReportedCostCenter extends ReportedCost {
  readonly direct: Money;
  readonly allocated: Money;
  /** Direct and allocated cost in cents: together they are `displayed`. */
  readonly displayedDirect: bigint;
  readonly displayedAllocated: bigint;
  readonly workloads: readonly ReportedCost[];
}

/** The cost centers with their workloads: workloads add up to their center, and centers to the total, as displayed. */
export function reportedCostCenters({
  costCenters,
  total,
  isRunning,
}: CostFigures): readonly ReportedCostCenter[] {
  const base = basePeriodOf({ isRunning });
  return reportedCosts(costCenters, rounded(total.current), base).map((line, at) => {
    const { direct, allocated, workloads } = costCenters[at] as CostCenterFigures; // a line each
    const [displayedDirect = 0n, displayedAllocated = 0n] = displayedParts(line.displayed, [
      direct,
      allocated,
    ]);
    return {
      ...line,
      direct,
      allocated,
      displayedDirect,
      displayedAllocated,
      workloads: reportedCosts(workloads, line.displayed, base),
    };
  });
}

function reportedCosts(
  rows: readonly WorkloadFigures[],
  displayedTotal: bigint,
  base: BasePeriod,
): readonly ReportedCost[] {
  const displayed = displayedParts(
    displayedTotal,
    rows.map(({ cost }) => cost.current),
  );
  return rows.map(({ name, kind, cost }, at) => ({
    name,
    kind,
    cost,
    displayed: displayed[at] ?? 0n,
    compared: comparedCost(cost, base),
    previous: cost[base],
    change: changeOf(comparedCost(cost, base), cost[base]),
  }));
}

/**
 * The workloads that changed by at least half a cent, by how much they changed, largest first; ties by name.
 * A workload of several cost centers is one mover: a split that moves it between centers does not change its cost.
 */
export function moversOf(centers: readonly ReportedCostCenter[]): readonly ReportedCost[] {
  const workloads = new Map<string, ReportedCost>();
  for (const line of centers.flatMap((center) => center.workloads)) {
    const known = workloads.get(line.name);
    workloads.set(line.name, known === undefined ? line : together(known, line));
  }
  return [...workloads.values()]
    .filter(({ change }) => change.direction !== "unchanged" && change.direction !== "unknown")
    .sort((a, b) => {
      const [left, right] = [sizeOf(a.change), sizeOf(b.change)];
      return left === right ? (a.name < b.name ? -1 : 1) : left > right ? -1 : 1;
    });
}

/** The lines of one workload in two cost centers as one. */
export function together(a: ReportedCost, b: ReportedCost): ReportedCost {
  const cost = {
    current: add(a.cost.current, b.cost.current),
    previousMonth: addKnown(a.cost.previousMonth, b.cost.previousMonth),
    yearBefore: addKnown(a.cost.yearBefore, b.cost.yearBefore),
    completeDays: addKnown(a.cost.completeDays, b.cost.completeDays),
    priorPeriodToDate: addKnown(a.cost.priorPeriodToDate, b.cost.priorPeriodToDate),
  };
  const previous = addKnown(a.previous, b.previous);
  const compared = add(a.compared, b.compared);
  return {
    name: a.name,
    kind: a.kind,
    cost,
    displayed: a.displayed + b.displayed,
    compared,
    previous,
    change: changeOf(compared, previous),
  };
}

const addKnown = (a: Money | null, b: Money | null) => (a === null || b === null ? null : add(a, b));

const sizeOf = ({ difference }: Change) => (difference === null ? 0n : magnitude(difference.units));
