import { type PeriodLedger, rowsOf } from "@dapanoskop/core/ledger";
import { moneyFromNumber, moneyText } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { workloadLabel } from "@dapanoskop/dataset";

/** The smallest fall, in the bill's currency, that quarantines a month. */
const SMALLEST_FALL = 1;

/**
 * Why a month that is published as closed is quarantined: a bill that falls by more than half, or loses more than half of
 * its workloads, is more likely an incomplete answer than a refund. `null` when the month can be published.
 */
export function quarantineReason(current: PeriodLedger, published: Summary): string | null {
  if (published.is_mtd) return null;
  const before = moneyFromNumber(published.totals.current_cost_usd, current.currency);
  const fall = before.units - current.total.units;
  const { period, currency } = current;
  if (2n * fall > before.units && fall > moneyFromNumber(SMALLEST_FALL, currency).units) {
    return (
      `${period} is quarantined: its total fell from ${moneyText(before)} to ${moneyText(current.total)} ${currency}. ` +
      "The published figures remain. If the fall is right, collect it again with --force."
    );
  }
  const was = workloadsOf(published);
  const now = new Set([...rowsOf(current.allocation)].map(({ workload }) => workloadLabel(workload).name));
  const gone = [...was].filter((name) => !now.has(name)).length;
  if (2 * gone <= was.size) return null;
  return (
    `${period} is quarantined: ${gone} of its ${was.size} workloads vanished. ` +
    "The published figures remain. If that is right, collect it again with --force."
  );
}

function workloadsOf({ cost_centers }: Summary): ReadonlySet<string> {
  const workloads = cost_centers.flatMap((center) => center.workloads);
  return new Set(workloads.filter((row) => row.current_cost_usd !== 0).map(({ name }) => name));
}
