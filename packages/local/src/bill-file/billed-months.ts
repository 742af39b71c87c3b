import { addMonths, type Day, type Month, monthsFrom } from "@dapanoskop/core/calendar";
import { type Money, parseMoney } from "@dapanoskop/core/money";
import { listed } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { amountText } from "./bill-file-error.ts";
import { BILLED, COLUMN, TABLE } from "./bill-table.ts";

/** A month of a bill: the charges of one billing period, or those that start in the month where files have no billing periods. */
export interface BilledMonth {
  readonly month: Month;
  readonly charges: number;
  /** Whether files have a billing period for charges of it. */
  readonly isBillingPeriod: boolean;
  readonly firstDay: Day;
  /** The charges that start before or after the billing period, and what they cost as billed. */
  readonly outside: number;
  readonly outsideBilled: Money;
}

/** The months that have charges, in order. */
export async function billedMonths(
  connection: DuckDBConnection,
  currency: string,
): Promise<readonly BilledMonth[]> {
  const read = await connection.runAndReadAll(
    `SELECT strftime(${COLUMN.day}, '%Y-%m'), sum(${COLUMN.charges}), bool_or(${COLUMN.hasPeriod}), CAST(min(${COLUMN.day}) AS VARCHAR),
       coalesce(sum(${COLUMN.charges}) FILTER (${COLUMN.isOutside}), 0), CAST(coalesce(sum(${BILLED}) FILTER (${COLUMN.isOutside}), 0) AS VARCHAR)
     FROM ${TABLE} GROUP BY 1 ORDER BY 1`,
  );
  return read.getRowsJson().map(([month, charges, hasPeriod, firstDay, outside, billed]) => ({
    month: String(month),
    charges: Number(charges),
    isBillingPeriod: hasPeriod === true,
    firstDay: String(firstDay),
    outside: Number(outside),
    outsideBilled: parseMoney(String(billed), currency),
  }));
}

/**
 * The months that the files have the data of. Where files have no billing periods, their first charge may be in the middle
 * of what was exported: a month that begins so is unknown when another follows it.
 */
export function coveredMonths(months: readonly BilledMonth[]): ReadonlySet<Month> {
  const [first, second] = months;
  const isCut =
    first !== undefined && second !== undefined && !first.isBillingPeriod && !first.firstDay.endsWith("-01");
  return new Set((isCut ? months.slice(1) : months).map(({ month }) => month));
}

/** What is to be said of the months of a bill, a sentence each. */
export function monthNotes(months: readonly BilledMonth[]): readonly string[] {
  const notes: string[] = [];
  for (const { month, outside, outsideBilled } of months) {
    if (outside === 0) continue;
    const charges = outside === 1 ? "1 charge" : `${outside} charges`;
    notes.push(
      `${charges} of the bill of ${month}, ${amountText(outsideBilled)}, ${outside === 1 ? "is" : "are"} dated outside of ${month}, and ${outside === 1 ? "counts" : "count"} in it, as on the invoice.`,
    );
  }
  const withoutPeriod = months.filter(({ isBillingPeriod }) => !isBillingPeriod).map(({ month }) => month);
  if (withoutPeriod.length > 0) {
    notes.push(
      `The bill has no billing periods for ${listed(withoutPeriod)}: charges count in the month in which they start, which may differ from the invoice.`,
    );
  }
  const covered = coveredMonths(months);
  const [first] = months;
  if (first !== undefined && !covered.has(first.month)) {
    notes.push(`The bill begins on ${first.firstDay}, so ${first.month} is unknown.`);
  }
  const missing = missingMonths(months);
  if (missing.length > 0) {
    notes.push(
      `The bill has no charge of ${listed(spans(missing))}: ${missing.length > 1 ? "these months are" : "this month is"} unknown.`,
    );
  }
  return notes;
}

/** The months between the first and the last of a bill that have no charge. */
function missingMonths(months: readonly BilledMonth[]): readonly Month[] {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const present = new Set(months.map(({ month }) => month));
  return monthsFrom(first.month, last.month).filter((month) => !present.has(month));
}

/** "2025-04 to 2025-11" for months that follow each other. */
function spans(months: readonly Month[]): readonly string[] {
  const starts = months.filter((month, at) => at === 0 || addMonths(month, -1) !== months[at - 1]);
  return starts.map((start, at) => {
    const next = starts[at + 1];
    const last = months[next === undefined ? months.length - 1 : months.indexOf(next) - 1] ?? start;
    return last === start ? start : `${start} to ${last}`;
  });
}
