import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import type { Reader } from "./reader.ts";
import type { UsageTable } from "./usage-lines.ts";

/** A month's usage rows, and those that it is compared with. */
export interface ComparedUsage {
  readonly summary: Summary;
  readonly tables: readonly UsageTable[];
  /** The usage of the compared period is known. If not, a missing row does not mean that there was no usage. */
  readonly isComparable: boolean;
  /** The month's rows are those of its complete days, which are not all of its days so far. */
  readonly hasOnlyCompleteDays: boolean;
}

/**
 * Reads the usage of a month and of the period that it is compared with. A closed month is compared with the month before,
 * whose rows are in the same file; a running one with the prior period to date, whose rows are in a file of their own.
 */
export async function comparedUsage(
  reader: Pick<Reader, "usage" | "priorPeriodToDateUsage">,
  index: IndexDocument,
  summary: Summary,
): Promise<ComparedUsage> {
  const { period, is_mtd, periods, totals } = summary;
  const [own, sameDays] = await Promise.all([
    reader.usage(index, period),
    is_mtd ? reader.priorPeriodToDateUsage(index, period) : null,
  ]);
  const isKnown = (is_mtd ? totals.prior_partial_cost_usd : totals.prev_month_cost_usd) != null;
  if (!is_mtd) {
    const sides = { current: periods.current, previous: periods.prev_month, yearBefore: periods.yoy };
    return { summary, tables: [{ columns: own, sides }], isComparable: isKnown, hasOnlyCompleteDays: false };
  }
  // The complete days have rows of their own only where they are not all of the days so far.
  const hasOnlyCompleteDays = sameDays?.data.period.values.includes(periods.current) ?? false;
  const tables: UsageTable[] = [
    {
      columns: own,
      sides: { ...(!hasOnlyCompleteDays && { current: periods.current }), yearBefore: periods.yoy },
    },
  ];
  if (sameDays !== null) {
    const sides = { ...(hasOnlyCompleteDays && { current: periods.current }), previous: periods.prev_month };
    tables.push({ columns: sameDays, sides });
  }
  return { summary, tables, isComparable: isKnown && sameDays !== null, hasOnlyCompleteDays };
}
