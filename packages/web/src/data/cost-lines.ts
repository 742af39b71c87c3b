import type { Month } from "@dapanoskop/core/calendar";
import { add, type Money, magnitude, moneyFromNumber, sum, zero } from "@dapanoskop/core/money";
import type { Kind, Summary, Trend } from "@dapanoskop/dataset";
import { type Basis, type Change, changeOf, previousCost } from "@dapanoskop/dataset/report";

/** A cost center or a workload, as a table lists it. */
export interface CostLine {
  readonly name: string;
  readonly kind: Kind;
  readonly isCenter: boolean;
  readonly current: Money;
  /** In the period that is compared with; `null`: unknown. */
  readonly previous: Money | null;
  readonly yearBefore: Money | null;
  readonly change: Change;
  /** `null` while the month runs: part of a month is not held against a whole one. */
  readonly yearChange: Change | null;
  readonly direct: Money;
  readonly allocated: Money;
  /** The last closed months, oldest first; `null` where one is missing. Empty where they are not known. */
  readonly history: readonly (number | null)[];
  /** The workload that changed most. */
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
    const workloads = center.workloads.map((workload) => rowOf(workload, summary));
    return {
      ...rowOf(center, summary),
      isCenter: true,
      direct: moneyFromNumber(center.direct_cost_usd, summary.currency),
      allocated: moneyFromNumber(center.allocated_cost_usd, summary.currency),
      history: histories.get(center.name) ?? [],
      mover: biggestMover(workloads),
      workloads,
    };
  });
}

/** A workload over all cost centers that hold it: `null` where no center does. */
export function workloadLine(summary: Summary, name: string): CostLine | null {
  const rows = summary.cost_centers
    .flatMap(({ workloads }) => workloads)
    .filter((workload) => workload.name === name)
    .map((workload) => rowOf(workload, summary));
  const [first] = rows;
  if (first === undefined) return null;
  const together = (side: (row: CostLine) => Money | null) => rows.map(side).reduce(known);
  return compared(
    {
      ...first,
      current: sum(
        rows.map(({ current }) => current),
        summary.currency,
      ),
      previous: together(({ previous }) => previous),
      yearBefore: together(({ yearBefore }) => yearBefore),
    },
    summary,
  );
}

/** The cost centers that a workload's cost lies in, with its own cost there. */
export function costCenterShares(
  summary: Summary,
  name: string,
): readonly { readonly center: string; readonly row: CostLine }[] {
  return summary.cost_centers.flatMap((center) =>
    center.workloads
      .filter((workload) => workload.name === name)
      .map((workload) => ({ center: center.name, row: rowOf(workload, summary) })),
  );
}

function rowOf(cost: Summary["cost_centers"][number]["workloads"][number], summary: Summary): CostLine {
  const { currency } = summary;
  const current = moneyFromNumber(cost.current_cost_usd, currency);
  return compared(
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

function compared(row: Omit<CostLine, "change" | "yearChange">, { is_mtd }: Summary): CostLine {
  return {
    ...row,
    change: changeOf(row.current, row.previous),
    yearChange: is_mtd ? null : changeOf(row.current, row.yearBefore),
  };
}

const known = (a: Money | null, b: Money | null) => (a === null || b === null ? null : add(a, b));

function biggestMover(workloads: readonly CostLine[]): CostLine | null {
  const size = ({ change }: CostLine) => magnitude(change.difference?.units ?? 0n);
  const moved = workloads.filter(
    ({ change }) => change.direction !== "unchanged" && change.direction !== "unknown",
  );
  return moved.reduce<CostLine | null>(
    (most, row) => (most === null || size(row) > size(most) ? row : most),
    null,
  );
}

/** What each cost center cost in the closed months up to one, by name. */
function costCenterHistories(
  trend: Trend | undefined,
  upTo: Month,
  months: number,
): ReadonlyMap<string, readonly (number | null)[]> {
  // A running month would look like a fall.
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
