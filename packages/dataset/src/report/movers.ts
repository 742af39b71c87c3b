import { add, type Money, magnitude, moneyFromNumber } from "@dapanoskop/core/money";
import type { Kind, Summary } from "../index.ts";
import { type Change, changeOf } from "./change.ts";

/** A workload over all cost centers, and how it changed. */
export interface Mover {
  readonly name: string;
  readonly kind: Kind;
  readonly current: Money;
  /** `null`: unknown. */
  readonly previous: Money | null;
  readonly change: Change;
}

/** What a figure is compared with: the same days of the month before while a month runs, the whole month before afterwards. */
export type Basis = "prior_partial" | "prev_month";

/** A row's cost in the period it is compared with; `null` when that is unknown. */
export function previousCost(
  row: {
    readonly prev_month_cost_usd: number | null;
    readonly prior_partial_cost_usd?: number | null | undefined;
  },
  basis: Basis,
  currency: string,
): Money | null {
  const cost = basis === "prev_month" ? row.prev_month_cost_usd : (row.prior_partial_cost_usd ?? null);
  return cost === null ? null : moneyFromNumber(cost, currency);
}

/**
 * The workloads that changed by at least half a cent, by how much they changed, largest first; ties by name.
 * A workload that several cost centers hold is one: a split that moves it between centers is no change of its cost.
 */
export function moversOf(summary: Summary, basis: Basis): readonly Mover[] {
  const { currency } = summary;
  const workloads = new Map<string, { name: string; kind: Kind; current: Money; previous: Money | null }>();
  for (const row of summary.cost_centers.flatMap(({ workloads }) => workloads)) {
    const current = moneyFromNumber(row.current_cost_usd, currency);
    const previous = previousCost(row, basis, currency);
    const known = workloads.get(row.name);
    workloads.set(row.name, {
      name: row.name,
      kind: row.kind,
      current: known === undefined ? current : add(known.current, current),
      previous: known === undefined ? previous : addKnown(known.previous, previous),
    });
  }
  return [...workloads.values()]
    .map((workload) => ({ ...workload, change: changeOf(workload.current, workload.previous) }))
    .filter(({ change }) => change.direction !== "unchanged" && change.direction !== "unknown")
    .sort((a, b) => {
      const [left, right] = [size(a.change), size(b.change)];
      return left === right ? (a.name < b.name ? -1 : 1) : left > right ? -1 : 1;
    });
}

const addKnown = (a: Money | null, b: Money | null) => (a === null || b === null ? null : add(a, b));

const size = ({ difference }: Change) => (difference === null ? 0n : magnitude(difference.units));
