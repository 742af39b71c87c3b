import type { Month } from "@dapanoskop/core/calendar";
import { type Allocation, rowsOf } from "@dapanoskop/core/ledger";
import { type Money, moneyFromNumber, moneyText } from "@dapanoskop/core/money";
import { type Summary, workloadLabel } from "@dapanoskop/dataset";

/** The smallest fall that quarantines a month, as a share of its charges before credits: one in a hundred. */
const SMALLEST_SHARE = 100n;

/** The new figures of a month. */
export interface NewFigures {
  readonly period: Month;
  readonly total: Money;
  readonly allocation: Allocation;
}

/**
 * Why a month that is published as closed is quarantined: an incomplete answer lacks charges, so its total falls. `null`
 * when the month can be published.
 *
 * A total that was above zero may not fall by more than half, unless the fall is less than one percent of the month's
 * charges before credits: then credits took nearly everything back, and a small refund halves what is left. Nothing is
 * half of a total at or below zero: there the charges before credits may not fall by more than half. The charges before
 * credits are the workloads with a positive cost. Nor may more than half of the workloads vanish. Every bound is a share of
 * the month itself, so the rule is the same in every currency.
 */
export function quarantineReason(current: NewFigures, published: Summary): string | null {
  if (published.is_mtd) return null;
  const { currency } = current.total;
  const before = moneyFromNumber(published.totals.current_cost_usd, currency).units;
  const chargesBefore = positive(publishedCosts(published, currency));
  const charges = positive([...rowsOf(current.allocation)].map(({ cost }) => cost.units));
  const hasFallen =
    before > 0n
      ? isHalved(before, current.total.units) &&
        SMALLEST_SHARE * (before - current.total.units) > chargesBefore
      : isHalved(chargesBefore, charges);
  if (hasFallen) {
    const fall =
      before > 0n
        ? fallText("its total", before, current.total.units, currency)
        : fallText("its charges before credits", chargesBefore, charges, currency);
    return `${current.period} is quarantined: ${fall}. ${IF_RIGHT}`;
  }
  const was = workloadsOf(published);
  const now = new Set([...rowsOf(current.allocation)].map(({ workload }) => workloadLabel(workload).name));
  const gone = [...was].filter((name) => !now.has(name)).length;
  if (2 * gone <= was.size) return null;
  return `${current.period} is quarantined: ${gone} of its ${was.size} workloads vanished. ${IF_RIGHT}`;
}

const IF_RIGHT =
  "The published figures remain. If the new figures are right, collect the month again with --force.";

const isHalved = (before: bigint, now: bigint): boolean => 2n * (before - now) > before;

const positive = (units: readonly bigint[]): bigint =>
  units.reduce((all, own) => (own > 0n ? all + own : all), 0n);

const fallText = (what: string, before: bigint, now: bigint, currency: string) =>
  `${what} fell from ${moneyText({ units: before, currency })} to ${moneyText({ units: now, currency })} ${currency}`;

const publishedCosts = ({ cost_centers }: Summary, currency: string): readonly bigint[] =>
  cost_centers.flatMap(({ workloads }) =>
    workloads.map(({ current_cost_usd: cost }) => moneyFromNumber(cost, currency).units),
  );

function workloadsOf({ cost_centers }: Summary): ReadonlySet<string> {
  const workloads = cost_centers.flatMap((center) => center.workloads);
  return new Set(workloads.filter((row) => row.current_cost_usd !== 0).map(({ name }) => name));
}
