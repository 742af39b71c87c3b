import type { Month } from "@dapanoskop/core/calendar";
import {
  type Change,
  changeOf,
  type NameKind,
  type ReportedCost,
  reportedCostCenters,
  together,
} from "@dapanoskop/core/insight";
import { type Money, magnitude, zero } from "@dapanoskop/core/money";
import { costFigures, type Summary, type Trend } from "@dapanoskop/dataset";

/** A cost center or a workload with its changes, as a table lists it. */
export interface CostLine {
  readonly name: string;
  readonly kind: NameKind;
  readonly isCenter: boolean;
  readonly current: Money;
  /** The current cost in cents as it is displayed: the lines of a table add up to its displayed total. */
  readonly displayed: bigint;
  /** In the compared period; `null` where it is unknown. */
  readonly previous: Money | null;
  readonly yearBefore: Money | null;
  readonly change: Change;
  /** `null` while the month is running: part of a month is not compared with a whole one. */
  readonly yearChange: Change | null;
  readonly direct: Money;
  readonly allocated: Money;
  /** Direct and allocated cost in cents: together they are `displayed`. */
  readonly displayedDirect: bigint;
  readonly displayedAllocated: bigint;
  /** Cost in the last closed months, oldest first, in whole units of the currency; `null` where one is missing. Empty for workloads. */
  readonly history: readonly (number | null)[];
  /** The workload of a cost center whose cost changed most. */
  readonly mover: CostLine | null;
  readonly workloads: readonly CostLine[];
}

/** The cost centers of a month with their workloads, by current cost descending. */
export function costCenterLines(
  summary: Summary,
  trend: Trend | undefined,
  months: number,
): readonly CostLine[] {
  const histories = costCenterHistories(trend, summary.period, months);
  return reportedCostCenters(costFigures(summary)).map((center) => {
    const workloads = center.workloads.map((workload) => lineOf(workload, summary.is_mtd));
    return {
      ...lineOf(center, summary.is_mtd),
      isCenter: true,
      direct: center.direct,
      allocated: center.allocated,
      displayedDirect: center.displayedDirect,
      displayedAllocated: center.displayedAllocated,
      history: histories.get(center.name) ?? [],
      mover: biggestMover(workloads),
      workloads,
    };
  });
}

/** A workload over all its cost centers: `null` where no center has it. */
export function workloadLine(summary: Summary, name: string): CostLine | null {
  const costs = reportedCostCenters(costFigures(summary))
    .flatMap(({ workloads }) => workloads)
    .filter((workload) => workload.name === name);
  const [first, ...others] = costs;
  return first === undefined ? null : lineOf(others.reduce(together, first), summary.is_mtd);
}

/** A workload's cost in one of its cost centers. */
export interface CostCenterShare {
  readonly center: string;
  readonly line: CostLine;
}

/** A workload's cost in each of its cost centers. */
export const costCenterShares = (summary: Summary, name: string): readonly CostCenterShare[] =>
  reportedCostCenters(costFigures(summary)).flatMap((center) =>
    center.workloads
      .filter((workload) => workload.name === name)
      .map((workload) => ({ center: center.name, line: lineOf(workload, summary.is_mtd) })),
  );

const lineOf = (
  { name, kind, cost, displayed, previous, change }: ReportedCost,
  isRunning: boolean,
): CostLine => ({
  name,
  kind,
  isCenter: false,
  current: cost.current,
  displayed,
  previous,
  yearBefore: cost.yearBefore,
  change,
  yearChange: isRunning ? null : changeOf(cost.current, cost.yearBefore),
  direct: cost.current,
  allocated: zero(cost.current.currency),
  displayedDirect: displayed,
  displayedAllocated: 0n,
  history: [],
  mover: null,
  workloads: [],
});

function biggestMover(workloads: readonly CostLine[]): CostLine | null {
  const size = ({ change }: CostLine) => magnitude(change.difference?.units ?? 0n);
  const moved = workloads.filter(
    ({ change }) => change.direction !== "unchanged" && change.direction !== "unknown",
  );
  return moved.reduce<CostLine | null>(
    (most, line) => (most === null || size(line) > size(most) ? line : most),
    null,
  );
}

/** What each cost center cost in the closed months up to one, by name. */
function costCenterHistories(
  trend: Trend | undefined,
  upTo: Month,
  months: number,
): ReadonlyMap<string, readonly (number | null)[]> {
  // A running month is incomplete: drawn beside closed ones it would look like a decrease.
  const closed = (trend?.months ?? [])
    .filter(({ period, is_mtd }) => period <= upTo && !is_mtd)
    .slice(-months);
  const histories = new Map<string, (number | null)[]>();
  for (const [at, { cost_centers }] of closed.entries()) {
    for (const { name, cost_usd } of cost_centers) {
      const history = histories.get(name) ?? Array<number | null>(closed.length).fill(null);
      history[at] = cost_usd;
      histories.set(name, history);
    }
  }
  return histories;
}
