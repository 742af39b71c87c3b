import type { IndexDocument, Summary } from "@dapanoskop/dataset";
import { previousCost } from "@dapanoskop/dataset/report";
import type { UsageTable } from "../why/usage-lines.ts";
import { basisOf } from "./cost-lines.ts";
import type { Reader } from "./reader.ts";

/** A month's usage rows beside those that it is compared with. */
export interface ComparedUsage {
  readonly summary: Summary;
  readonly tables: readonly UsageTable[];
  /** Whether the usage of what it is compared with is known: if not, no row of it says nothing. */
  readonly isComparable: boolean;
}

/**
 * Reads why a month changed: a closed one against the month before, whose rows stand in the same file; a running one
 * against the same days of the month before, whose rows stand in a file of their own.
 */
export async function comparedUsage(
  reader: Reader,
  index: IndexDocument,
  summary: Summary,
): Promise<ComparedUsage> {
  const { period, is_mtd, periods, totals, currency } = summary;
  const [own, sameDays] = await Promise.all([
    reader.usage(index, period),
    is_mtd ? reader.priorPeriodToDateWindow(index, period) : null,
  ]);
  const isTold = previousCost(totals, basisOf(summary), currency) !== null;
  if (!is_mtd) {
    const sides = { current: periods.current, previous: periods.prev_month, yearBefore: periods.yoy };
    return { summary, tables: [{ columns: own, sides }], isComparable: isTold };
  }
  const tables: UsageTable[] = [
    { columns: own, sides: { current: periods.current, yearBefore: periods.yoy } },
  ];
  if (sameDays !== null) tables.push({ columns: sameDays, sides: { previous: periods.prev_month } });
  return { summary, tables, isComparable: isTold && sameDays !== null };
}
