import type { DailyChargeType } from "../../daily/index.ts";
import { chargeKinds } from "../../ledger/index.ts";
import { displayedParts, isZero, type Money, magnitude, rounded, subtract, sum } from "../../money/index.ts";
import { type Change, changeOf } from "../change.ts";
import { CHARGE_LABELS } from "../charge-lines.ts";
import { listPairs, type NamedCosts } from "./cost-list.ts";
import { costOn, type DaySelection } from "./day-costs.ts";
import type { DaySection } from "./day-section.ts";
import type { ReportedDays } from "./reported-days.ts";

/** What the lines of a list are: "Services of the day", against the 7-day average. Without lines where the days are not known. */
export function listSection(what: string, days: ReportedDays, series: readonly NamedCosts[]): DaySection {
  const pairs = days.total === null ? [] : listPairs(series, days.listed, days.total, days.base);
  return { ...listHeading(what, days), pairs, sentences: emptyWords(days, pairs.length) };
}

/** Usage, fees, support, tax, refunds and credits apart: they add up to the total as displayed. */
export function chargesSection(days: ReportedDays, chargeTypes: readonly DailyChargeType[]): DaySection {
  const { total, listed } = days;
  if (total === null) return { ...listHeading("Charges", days), pairs: [], sentences: emptyWords(days, 0) };
  const lines = chargeKinds.flatMap((kind) => {
    const series = chargeTypes.filter((type) => type.kind === kind);
    const cost = knownSum(series, listed.current, total.currency);
    const base = knownSum(series, listed.base, total.currency);
    // A kind that was charged in the compared days explains the change, also where it costs nothing now.
    if (series.length === 0 || cost === null || (isZero(cost) && (base === null || isZero(base)))) return [];
    return [{ label: CHARGE_LABELS[kind], cost, base }];
  });
  const displayed = displayedParts(
    rounded(total),
    lines.map(({ cost }) => cost),
  );
  const pairs = lines.map(({ label, cost, base }, at) => ({
    label: [label],
    cents: displayed[at] ?? 0n,
    isSigned: false,
    change: changeOf(cost, base),
    detail: null,
  }));
  return { ...listHeading("Charges", days), pairs, sentences: emptyWords(days, pairs.length) };
}

/**
 * How usage alone changed, where other charges (tax, support, fees, credits, refunds) make up at least half of the change
 * of the total: one that is booked once a month is in the average of every one of the next seven days. `null` elsewhere.
 */
export function usageChange(days: ReportedDays, chargeTypes: readonly DailyChargeType[]): Change | null {
  const usage = chargeTypes.filter(({ kind }) => kind === "usage");
  const { total, change, listed } = days;
  if (total === null || change.difference === null) return null;
  const cost = knownSum(usage, listed.current, total.currency);
  const base = knownSum(usage, listed.base, total.currency);
  if (cost === null || base === null) return null;
  const own = changeOf(cost, base);
  const others = subtract(change.difference, subtract(cost, base));
  return 2n * magnitude(others.units) >= magnitude(change.difference.units) && !isZero(others) ? own : null;
}

const listHeading = (what: string, { words, window, against }: ReportedDays) =>
  ({
    title: `${what} of ${words}`,
    subtitle: [{ kind: "window", window }, `, against ${against}`],
  }) satisfies Partial<DaySection>;

function emptyWords({ total }: ReportedDays, lines: number): DaySection["sentences"] {
  if (lines > 0) return [];
  return [
    [total === null ? "Unknown: the published days do not contain all of these." : "Nothing was spent."],
  ];
}

function knownSum(series: readonly NamedCosts[], days: DaySelection, currency: string): Money | null {
  const known = series.flatMap(({ costs }) => costOn(costs, days, currency) ?? []);
  return known.length < series.length ? null : sum(known, currency);
}
