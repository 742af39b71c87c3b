import type { Month } from "@dapanoskop/core/calendar";
import { add, type Money, magnitude, moneyFromNumber, sum, zero } from "@dapanoskop/core/money";
import type { Kind, Summary, Trend } from "@dapanoskop/dataset";
import { type Basis, type Change, changeOf, previousCost } from "@dapanoskop/dataset/report";

/** A cost center or a workload with its changes, as a table lists it. */
export interface CostLine {
  readonly name: string;
  readonly kind: Kind;
  readonly isCenter: boolean;
  readonly current: Money;
  /** In the compared period; `null` where it is unknown. */
  readonly previous: Money | null;
  readonly yearBefore: Money | null;
  readonly change: Change;
  /** `null` while the month runs: part of a month is not compared with a whole one. */
  readonly yearChange: Change | null;
  readonly direct: Money;
  readonly allocated: Money;
  /** Cost in the last closed months, oldest first, in whole units of the currency; `null` where one is missing. Empty for workloads. */
  readonly history: readonly (number | null)[];
  /** The workload of a cost center whose cost changed most. */
  readonly mover: CostLine | null;
  readonly workloads: readonly CostLine[];
}

export const basisOf = ({ is_mtd }: Summary): Basis => (is_mtd ? "prior_partial" : "prev_month");

/** The cost centers of a month with their workloads, by current cost descending. */
export function costCenterLines(
  summary: Summary,
  trend: Trend | undefined,
  months: number,
): readonly CostLine[] {
  const histories = costCenterHistories(trend, summary.period, months);
  return summary.cost_centers.map((center) => {
    const workloads = center.workloads.map((workload) => lineOf(workload, summary));
    return {
      ...lineOf(center, summary),
      isCenter: true,
      direct: moneyFromNumber(center.direct_cost_usd, summary.currency),
      allocated: moneyFromNumber(center.allocated_cost_usd, summary.currency),
      history: histories.get(center.name) ?? [],
      mover: biggestMover(workloads),
      workloads,
    };
  });
}

/** A workload over all its cost centers; `null` where the month has no such workload. */
export function workloadLine(summary: Summary, name: string): CostLine | null {
  const lines = summary.cost_centers
    .flatMap(({ workloads }) => workloads)
    .filter((workload) => workload.name === name)
    .map((workload) => lineOf(workload, summary));
  const [first] = lines;
  if (first === undefined) return null;
  const total = (cost: (line: CostLine) => Money | null) => lines.map(cost).reduce(addKnown);
  return withChanges(
    {
      ...first,
      current: sum(
        lines.map(({ current }) => current),
        summary.currency,
      ),
      previous: total(({ previous }) => previous),
      yearBefore: total(({ yearBefore }) => yearBefore),
    },
    summary,
  );
}

/** A workload's cost in one of its cost centers. */
export interface CostCenterShare {
  readonly center: string;
  readonly line: CostLine;
}

/** A workload's cost in each of its cost centers. */
export function costCenterShares(summary: Summary, name: string): readonly CostCenterShare[] {
  return summary.cost_centers.flatMap((center) =>
    center.workloads
      .filter((workload) => workload.name === name)
      .map((workload) => ({ center: center.name, line: lineOf(workload, summary) })),
  );
}

function lineOf(cost: Summary["cost_centers"][number]["workloads"][number], summary: Summary): CostLine {
  const { currency } = summary;
  const current = moneyFromNumber(cost.current_cost_usd, currency);
  return withChanges(
    {
      name: cost.name,
      kind: cost.kind,
      isCenter: false,
      current,
      previous: previousCost(cost, basisOf(summary), currency),
      yearBefore: cost.yoy_cost_usd === null ? null : moneyFromNumber(cost.yoy_cost_usd, currency),
      direct: current,
      allocated: zero(currency),
      history: [],
      mover: null,
      workloads: [],
    },
    summary,
  );
}

function withChanges(line: Omit<CostLine, "change" | "yearChange">, { is_mtd }: Summary): CostLine {
  return {
    ...line,
    change: changeOf(line.current, line.previous),
    yearChange: is_mtd ? null : changeOf(line.current, line.yearBefore),
  };
}

const addKnown = (a: Money | null, b: Money | null) => (a === null || b === null ? null : add(a, b));

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

/** The cost of each cost center in the closed months up to a month, by name. */
function costCenterHistories(
  trend: Trend | undefined,
  upTo: Month,
  months: number,
): ReadonlyMap<string, readonly (number | null)[]> {
  // A running month is incomplete: drawn beside closed ones it would look like a decrease.
  const shown = (trend?.months ?? [])
    .filter(({ period, is_mtd }) => period <= upTo && !is_mtd)
    .slice(-months);
  const histories = new Map<string, (number | null)[]>();
  for (const [at, { cost_centers }] of shown.entries()) {
    for (const { name, cost_usd } of cost_centers) {
      const history = histories.get(name) ?? Array<number | null>(shown.length).fill(null);
      history[at] = cost_usd;
      histories.set(name, history);
    }
  }
  return histories;
}
