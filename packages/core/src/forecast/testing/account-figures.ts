import {
  addDays,
  type Day,
  daysIn,
  daysInMonth,
  firstDay,
  type Month,
  monthOf,
  monthsFrom,
} from "../../calendar/index.ts";
import { DAILY_DAYS, type DailyFigures, LISTED_SERIES } from "../../daily/index.ts";
import { type ChargeKind, chargeKindOf } from "../../ledger/index.ts";

/** Charges of one usage type, workload and charge type by day, in millionths of the currency: their sums are exact. */
export interface AccountLine {
  readonly service: string;
  readonly usageType: string;
  readonly costCenter: string;
  readonly workload: string;
  /** The bill's record type. */
  readonly chargeType: string;
  readonly unit: string | null;
  readonly costs: readonly number[];
  readonly quantities: readonly number[] | null;
}

/** An account by day, from the first of a month on. */
export interface AccountLines {
  readonly first: Day;
  readonly lines: readonly AccountLine[];
}

const MILLION = 1e6;

/** What the reader of the dataset would give on the day after `through`, when all days up to that one are complete. */
export function accountFigures({ first, lines }: AccountLines, through: Day): DailyFigures {
  const count = daysIn({ start: first, end: through }) + 1;
  const from = Math.max(0, count - DAILY_DAYS);
  const window = { from, to: count };
  const named = <Part extends object>(
    keyOf: (line: AccountLine) => string,
    part: (line: AccountLine) => Part,
  ) =>
    grouped(lines, keyOf).map((group) => ({ ...part(group[0] as AccountLine), costs: sumOf(group, window) }));
  const sorted = <Part extends { readonly costs: readonly number[] }>(parts: readonly Part[]) =>
    parts
      .map((part) => ({ part, total: part.costs.reduce((sum, cost) => sum + cost, 0) }))
      .sort((a, b) => b.total - a.total)
      .map(({ part }) => part);
  const usageTypes = grouped(lines, ({ service, usageType }) => `${service}\n${usageType}`).map((group) => {
    const [{ service, usageType, unit }] = group as [AccountLine];
    const quantities = Array.from({ length: count - from }, (_, at) =>
      group.reduce<number | null>(
        (sum, line) =>
          sum === null || line.quantities === null ? null : sum + (line.quantities[from + at] ?? 0),
        0,
      ),
    );
    return { service, usageType, category: "other", unit, costs: sumOf(group, window), quantities };
  });
  return {
    currency: "USD",
    metric: "UnblendedCost",
    source: null,
    runId: "generated",
    publishedAt: `${addDays(through, 1)}T06:00:00Z`,
    completeThrough: through,
    days: Array.from({ length: count - from }, (_, at) => addDays(first, from + at)),
    total: sumOf(lines, window),
    costCenters: sorted(
      named(
        ({ costCenter }) => costCenter,
        ({ costCenter: name }) => ({ name, kind: "named" as const }),
      ),
    ),
    services: sorted(
      named(
        ({ service }) => service,
        ({ service: name }) => ({ name }),
      ),
    ),
    chargeTypes: sorted(
      named(
        ({ chargeType }) => chargeType,
        ({ chargeType: name }) => ({ name, kind: chargeKindOf(name) }),
      ),
    ),
    workloads: sorted(
      named(
        ({ costCenter, workload }) => `${costCenter}\n${workload}`,
        ({ costCenter, workload: name }) => ({ costCenter, name, kind: "named" as const }),
      ),
    ).slice(0, LISTED_SERIES),
    usageTypes: sorted(usageTypes).slice(0, LISTED_SERIES),
    history: historyOf({ first, lines }, through),
  };
}

function historyOf({ first, lines }: AccountLines, through: Day) {
  const usage = lines.filter(({ chargeType }) => chargeKindOf(chargeType) === ("usage" satisfies ChargeKind));
  return monthsFrom(monthOf(first), monthOf(through)).map((month: Month) => {
    const from = daysIn({ start: first, end: firstDay(month) });
    const isRunning = month === monthOf(through);
    const length = isRunning ? Number(through.slice(8)) : daysInMonth(month);
    const window = { from, to: from + length };
    return { month, isRunning, total: sumOf(lines, window), usage: sumOf(usage, window) };
  });
}

function grouped(
  lines: readonly AccountLine[],
  keyOf: (line: AccountLine) => string,
): readonly (readonly AccountLine[])[] {
  const groups = new Map<string, AccountLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group === undefined) groups.set(keyOf(line), [line]);
    else group.push(line);
  }
  return [...groups.values()];
}

function sumOf(lines: readonly AccountLine[], { from, to }: { readonly from: number; readonly to: number }) {
  const sums = new Array<number>(to - from).fill(0);
  for (const { costs } of lines) {
    for (let at = from; at < to; at += 1) sums[at - from] = (sums[at - from] ?? 0) + (costs[at] ?? 0);
  }
  return sums.map((millionths) => millionths / MILLION);
}

/** A line of an account: what a day costs by its place and its date. */
export function chargeLine(
  first: Day,
  count: number,
  costOn: (at: number, day: Day) => number,
  line: Partial<AccountLine> = {},
): AccountLine {
  const costs = Array.from({ length: count }, (_, at) =>
    Math.round(costOn(at, addDays(first, at)) * MILLION),
  );
  return {
    service: "Amazon Elastic Compute Cloud - Compute",
    usageType: "BoxUsage:m5.large",
    costCenter: "Storefront",
    workload: "shop",
    chargeType: "Usage",
    unit: null,
    quantities: null,
    ...line,
    costs,
  };
}
