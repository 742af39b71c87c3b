import { costBefore, costNow, type UsageLine } from "@dapanoskop/core/insight";
import { add, displayedParts, type Money, magnitude, rounded, sum, zero } from "@dapanoskop/core/money";
import type { ComparedUsage } from "../data/compared-usage.ts";
import { usageLines } from "../data/usage-lines.ts";

/** A row of the table of what was used: a workload, one of its usage types, or several of them together. */
export interface WorkloadUsageRow {
  /** As published; "" for several together. */
  readonly name: string;
  /** What a row without a name stands for; `null` where it has one. */
  readonly others: { readonly count: number; readonly of: "workloads" | "usage types" } | null;
  readonly now: Money;
  /** `null` where the compared period is unknown. */
  readonly before: Money | null;
  /** The cost now in cents as it is displayed: the usage types add up to their workload, the workloads to the total. */
  readonly displayed: bigint;
  /** The usage type, where the row is one. */
  readonly line: UsageLine | null;
  readonly usageTypes: readonly WorkloadUsageRow[];
}

/** The rows, and the displayed total that they add up to. */
export interface WorkloadUsageRows {
  readonly total: bigint;
  readonly rows: readonly WorkloadUsageRow[];
}

/** A workload as the other sections of the file display it. */
export interface DisplayedWorkload {
  readonly name: string;
  /** Its cost in cents. */
  readonly displayed: bigint;
}

/** A usage type with this part of the month's cost, or of its change, has a row of its own: 1/200 is 0.5 %. */
const LISTED_PART = 200n;

/**
 * What each workload used. Usage types that cost or changed at least 0.5 % of the month have a row; the others of a
 * workload are together in one row, and so are workloads without a listed usage type. The number of rows is bounded by
 * the cost, and nothing is left out of a sum.
 * @param workloads in the order of the table
 */
export function usageRows(usage: ComparedUsage, workloads: readonly DisplayedWorkload[]): WorkloadUsageRows {
  const { currency } = usage.summary;
  const used = workloads.map((workload) => {
    const lines = usageLines(usage.tables, workload.name, currency);
    return { ...workload, lines, now: total(lines, costNow, currency) };
  });
  const all = used.map(({ now }) => now);
  const isDisplayed = !usage.hasOnlyCompleteDays;
  const monthTotal = sum(all, currency);
  const cents = isDisplayed
    ? used.map(({ displayed }) => displayed)
    : displayedParts(rounded(monthTotal), all);
  const least = magnitude(monthTotal.units) / LISTED_PART;
  const isListed = (line: UsageLine) =>
    magnitude(costNow(line, currency).units) >= least ||
    (usage.isComparable && changeSize(line, currency) >= least);

  const rows = used.map(({ name, lines, now }, at): WorkloadUsageRow => {
    const displayed = cents[at] ?? 0n;
    const usageTypes = listedTypes(lines, isListed, usage, displayed);
    return { name, others: null, now, before: beforeOf(lines, usage), displayed, line: null, usageTypes };
  });
  const listed = rows.filter(({ usageTypes }) => usageTypes.some(({ others }) => others === null));
  const others = rows.filter((row) => !listed.includes(row));
  return {
    total: cents.reduce((whole, part) => whole + part, 0n),
    rows: others.length === 0 ? listed : [...listed, together(others, "workloads", currency)],
  };
}

const changeSize = (line: UsageLine, currency: string) =>
  magnitude(costNow(line, currency).units - costBefore(line, currency).units);

const total = (
  lines: readonly UsageLine[],
  cost: (line: UsageLine, currency: string) => Money,
  currency: string,
) =>
  sum(
    lines.map((line) => cost(line, currency)),
    currency,
  );

const beforeOf = (lines: readonly UsageLine[], { isComparable, summary: { currency } }: ComparedUsage) =>
  isComparable ? total(lines, costBefore, currency) : null;

function listedTypes(
  lines: readonly UsageLine[],
  isListed: (line: UsageLine) => boolean,
  usage: ComparedUsage,
  displayed: bigint,
): readonly WorkloadUsageRow[] {
  const { currency } = usage.summary;
  const cents = displayedParts(
    displayed,
    lines.map((line) => costNow(line, currency)),
  );
  const rows = lines.map(
    (line, at): WorkloadUsageRow => ({
      name: line.usageType,
      others: null,
      now: costNow(line, currency),
      before: beforeOf([line], usage),
      displayed: cents[at] ?? 0n,
      line,
      usageTypes: [],
    }),
  );
  const listed = rows.filter(({ line }) => line !== null && isListed(line));
  const others = rows.filter((row) => !listed.includes(row));
  if (others.length === 0) return listed;
  // A row for one other is as long as its own.
  if (others.length === 1 && listed.length > 0) return rows;
  return [...listed, together(others, "usage types", currency)];
}

/** Several rows as one without a name. */
const together = (
  rows: readonly WorkloadUsageRow[],
  of: "workloads" | "usage types",
  currency: string,
): WorkloadUsageRow => ({
  name: "",
  others: { count: rows.length, of },
  now: sum(
    rows.map(({ now }) => now),
    currency,
  ),
  before: rows.reduce<Money | null>(
    (all, { before }) => (all === null || before === null ? null : add(all, before)),
    zero(currency),
  ),
  displayed: rows.reduce((all, { displayed }) => all + displayed, 0n),
  line: null,
  usageTypes: [],
});
