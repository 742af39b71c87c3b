import { addMonths, type Month, monthWindow, type Window } from "@dapanoskop/core/calendar";
import { type Money, subtract } from "@dapanoskop/core/money";
import type { Summary } from "../documents/summary.ts";
import type { Findings } from "./findings.ts";
import { amountSum, explained, nothing, sumOf } from "./sums.ts";

/** The figures of totals, centers and workloads, and the period of each. */
const figures = [
  ["current_cost_usd", ({ periods }: Summary) => periods.current],
  ["prev_month_cost_usd", ({ periods }: Summary) => periods.prev_month],
  ["yoy_cost_usd", ({ periods }: Summary) => periods.yoy],
  ["complete_days_cost_usd", ({ periods }: Summary) => periods.current],
  ["prior_partial_cost_usd", ({ periods }: Summary) => periods.prev_month],
] as const;

type CostField = (typeof figures)[number][0];
type CostFields = { readonly [Name in CostField]?: number | null | undefined };

/** Checks a summary by itself: parts add up to their whole, in every period. */
export function verifySummary(summary: Summary, found: Findings): void {
  const { period, metric, source } = summary;
  if (source !== undefined && source.metric !== metric) {
    found.fault(`${period}: its metric is ${metric}, and its source has ${source.metric}.`);
  }
  verifyPeriods(summary, found);
  for (const [figure, of] of figures) verifyFigure(summary, figure, of(summary), found);
  for (const center of summary.cost_centers) {
    found.equal(
      `${period}: direct and allocated costs of ${JSON.stringify(center.name)}`,
      sumOf([center.direct_cost_usd, center.allocated_cost_usd]),
      amountSum(center.current_cost_usd),
    );
  }
  found.equal(
    `${period}: costs allocated between centers`,
    sumOf(summary.cost_centers.map(({ allocated_cost_usd }) => allocated_cost_usd)),
    nothing,
  );
  verifyCoverage(summary, found);
  verifyChargeTypes(summary, found);
  verifyRest(summary, found);
}

/** Differences between answers that the summary names, of one view and period. */
export const residualsOf = ({ reconciliation }: Summary, view: string, period: Month): readonly Money[] =>
  reconciliation.residuals
    .filter((residual) => residual.view === view && residual.period === period)
    .map(({ difference_usd }) => explained(difference_usd));

function verifyPeriods(summary: Summary, found: Findings): void {
  const { period, periods, windows, is_mtd, totals } = summary;
  const before = addMonths(period, -1);
  const year = addMonths(period, -12);
  if (periods.current !== period || periods.prev_month !== before || periods.yoy !== year) {
    found.fault(`${period}: its periods are ${periods.current}, ${periods.prev_month} and ${periods.yoy}.`);
  }
  const whole = (window: Window, month: Month) =>
    window.start === monthWindow(month).start && window.end === monthWindow(month).end;
  const starts = windows.current.start === monthWindow(period).start;
  const ends = windows.current.end > windows.current.start && windows.current.end <= monthWindow(period).end;
  if (!starts || !ends || (!is_mtd && !whole(windows.current, period))) {
    found.fault(`${period}: its window is ${windows.current.start} to ${windows.current.end}.`);
  }
  if (!whole(windows.prev_month, before) || !whole(windows.yoy, year)) {
    found.fault(`${period}: a month that it is compared with is not a whole month.`);
  }
  const like = windows.prior_partial;
  if (
    like !== undefined &&
    (!is_mtd || like.start !== monthWindow(before).start || like.end > monthWindow(before).end)
  ) {
    found.fault(`${period}: the same days of the month before are ${like.start} to ${like.end}.`);
  }
  if (
    !is_mtd &&
    (totals.forecast !== undefined ||
      totals.prior_partial_cost_usd !== undefined ||
      totals.complete_days_cost_usd !== undefined)
  ) {
    found.fault(`${period}: it is closed and has figures of a running month.`);
  }
}

function verifyFigure(summary: Summary, figure: CostField, of: Month, found: Findings): void {
  const { period, totals, cost_centers: centers } = summary;
  const total = known(totals, figure);
  const rows = centers.flatMap((center) => [center, ...center.workloads]);
  const wrong = rows.find((row) => (known(row, figure) === null) !== (total === null));
  if (wrong !== undefined) {
    found.fault(
      `${period}: ${figure} is unknown in the total or in ${JSON.stringify(wrong.name)}, but not in both.`,
    );
  }
  if (total === null) return;
  found.equal(
    `${period}: the cost centers' ${figure}`,
    sumOf(centers.map((center) => known(center, figure) ?? 0)),
    amountSum(total),
    residualsOf(summary, "cost_centers", of),
  );
  for (const center of centers) {
    found.equal(
      `${period}: ${figure} of the workloads of ${JSON.stringify(center.name)}`,
      sumOf(center.workloads.map((workload) => known(workload, figure) ?? 0)),
      amountSum(known(center, figure) ?? 0),
    );
  }
}

function verifyCoverage(summary: Summary, found: Findings): void {
  const { period, tagging_coverage: coverage, totals } = summary;
  const { tagged_cost_usd: tagged, untagged_cost_usd: untagged, tagged_percentage: percentage } = coverage;
  found.equal(
    `${period}: tagged, untagged and untaggable costs`,
    sumOf([tagged, untagged, coverage.untaggable_cost_usd]),
    amountSum(totals.current_cost_usd),
    residualsOf(summary, "cost_centers", period),
  );
  const taggable = sumOf([tagged, untagged]).units;
  if ((percentage === null) !== (taggable === 0n)) {
    found.fault(
      `${period}: the tagged percentage is ${percentage} of ${taggable === 0n ? "nothing" : "something"}.`,
    );
  }
  if (percentage === null || taggable === 0n) return;
  const exact = (100 * tagged) / (tagged + untagged);
  // Before summaries named their source, the percentage was kept within 0 and 100.
  const share = summary.source === undefined ? Math.min(100, Math.max(0, exact)) : exact;
  // One decimal is published; the rest is the rounding of doubles.
  if (Math.abs(percentage - share) > 0.05 + 1e-9) {
    found.fault(
      `${period}: the tagged percentage is ${percentage}, and the amounts give ${share.toFixed(2)}.`,
    );
  }
}

function verifyChargeTypes(summary: Summary, found: Findings): void {
  const { period, periods, charge_types: types, totals } = summary;
  if (types === undefined) return;
  for (const [figure, of] of [
    ["current_cost_usd", periods.current],
    ["prev_month_cost_usd", periods.prev_month],
    ["yoy_cost_usd", periods.yoy],
  ] as const) {
    const costs = types.flatMap((type) => type[figure] ?? []);
    const total = totals[figure];
    if (total === null || costs.length < types.length) continue;
    const none = explained(0);
    // Types and cost centers may both differ from the source's total, each by its own rounding.
    const residuals = [none, ...residualsOf(summary, "charge_types", of)].flatMap((type) =>
      [none, ...residualsOf(summary, "cost_centers", of)].map((center) => subtract(type, center)),
    );
    found.equal(`${period}: the charge types' ${figure}`, sumOf(costs), amountSum(total), residuals);
  }
  verifyOrder(`${period}: the charge types`, types, found);
}

function verifyRest(summary: Summary, found: Findings): void {
  const { period, totals, reconciliation, storage_metrics: storage, windows, is_mtd } = summary;
  const { delivered_through: delivered } = summary;
  found.equal(
    `${period}: total less reconciliation`,
    sumOf([totals.current_cost_usd, -reconciliation.source_total_usd]),
    amountSum(reconciliation.difference_usd),
  );
  if (totals.forecast) {
    const { total_usd, remaining_usd, start, end } = totals.forecast;
    const complete = totals.complete_days_cost_usd;
    found.equal(
      `${period}: the cost of the complete days and the forecast of the rest`,
      sumOf([complete === undefined ? totals.current_cost_usd : (complete ?? 0), remaining_usd]),
      amountSum(total_usd),
    );
    const first = delivered === null ? monthWindow(period).start : windows.current.end;
    if (start !== first || end !== monthWindow(period).end) {
      found.fault(
        `${period}: its forecast is about ${start} to ${end}, and its complete days end at ${first}.`,
      );
    }
  }
  if (storage.total_cost_usd !== null) {
    const cost = sumOf(storage.tiers.map(({ cost_usd }) => cost_usd));
    found.equal(`${period}: the storage tiers' costs`, cost, amountSum(storage.total_cost_usd));
  }
  if (storage.tiers.some((tier) => tier.complete_days_cost_usd !== undefined)) {
    const cost = sumOf(storage.tiers.map((tier) => tier.complete_days_cost_usd ?? tier.cost_usd));
    const complete = amountSum(storage.complete_days_cost_usd ?? 0);
    found.equal(`${period}: the storage tiers' costs of the complete days`, cost, complete);
  }
  const volumes = storage.tiers.map(({ volume_bytes }) => volume_bytes);
  const volume = volumes.reduce<number | null>(
    (all, one) => (all === null || one === null ? null : all + one),
    0,
  );
  if (volume !== storage.total_volume_bytes) {
    found.fault(
      `${period}: the storage tiers have ${volume} bytes, and ${storage.total_volume_bytes} are published.`,
    );
  }
  if (is_mtd && windows.current.end === monthWindow(period).end) {
    found.fault(`${period}: it is marked as running, and its window is the whole month.`);
  }
  verifyOrder(`${period}: the cost centers`, summary.cost_centers, found);
  for (const { name, workloads } of summary.cost_centers) {
    verifyOrder(`${period}: the workloads of ${JSON.stringify(name)}`, workloads, found);
  }
}

/** By current cost, largest first, ties by name: the same input always has the same order. */
function verifyOrder(
  what: string,
  rows: readonly { readonly name: string; readonly current_cost_usd: number }[],
  found: Findings,
): void {
  const wrong = rows.findIndex((row, at) => {
    const before = rows[at - 1];
    if (before === undefined) return false;
    if (before.current_cost_usd !== row.current_cost_usd)
      return before.current_cost_usd < row.current_cost_usd;
    return before.name >= row.name;
  });
  if (wrong >= 0) found.fault(`${what} are out of order at ${JSON.stringify(rows[wrong]?.name)}.`);
}

const known = (row: CostFields, figure: CostField): number | null => row[figure] ?? null;
