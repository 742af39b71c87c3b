import type { Day, Instant } from "@dapanoskop/core/calendar";
import type { DayReport } from "@dapanoskop/core/insight/day";
import { type Money, moneyText, parseMoney } from "@dapanoskop/core/money";
import type { Sending } from "@dapanoskop/core/sending";
import type { CostMetric } from "@dapanoskop/core/source";
import * as v from "valibot";
import { dayText } from "./day-text.ts";

/** What a report said, as its record keeps it. */
const summarySchema = v.object({
  day: dayText,
  /** The day's total as decimal text; `null` where it was not known. */
  total: v.nullable(v.pipe(v.string(), v.regex(/^-?\d{1,20}(\.\d{1,12})?$/))),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  /** What the total is of; absent in older records. */
  metric: v.optional(v.string()),
  cost_centers: v.optional(v.nullable(v.array(v.string()))),
  anomalies: v.array(v.object({ id: v.string(), name: v.string() })),
});

export type ReportSummary = v.InferOutput<typeof summarySchema>;

/** Names of anomalies in a record: they are shown to who answers. */
const LONGEST_NAME = 120;
const MOST_ANOMALIES = 50;

/** What the total of a report is of. */
export interface ReportedScope {
  readonly metric: CostMetric;
  /** The cost centers of the audience; `null`: all. */
  readonly costCenters: readonly string[] | null;
}

/** What a record keeps of a report, so that later ones can say what AWS has revised and people can answer its alarms. */
export const reportSummary = (report: DayReport, { metric, costCenters }: ReportedScope): ReportSummary => ({
  day: report.date ?? report.asked,
  total: report.total === null ? null : moneyText(report.total),
  currency: report.currency,
  metric,
  cost_centers: costCenters && [...costCenters],
  anomalies: report.anomalies
    .slice(0, MOST_ANOMALIES)
    .map(({ id, scope }) => ({ id, name: scope.name.slice(0, LONGEST_NAME) })),
});

/** What a report to an audience said. */
export interface SaidTotal {
  readonly date: Day;
  readonly total: Money;
  readonly at: Instant;
}

/**
 * What the newest sent report of an audience about a day before `day` said; `null` where there was none. Reports of another
 * metric or of other cost centers do not count: nobody has revised what they said.
 */
export function lastSaid(
  sendings: readonly Sending[],
  audience: { readonly name: string } & ReportedScope,
  day: Day,
): SaidTotal | null {
  const said = sendings
    .filter(({ id, state }) => id.audience === audience.name && id.date < day && isSent(state))
    .flatMap((sending) => saidBy(sending, audience) ?? []);
  return said.reduce<SaidTotal | null>(
    (newest, one) => (newest === null || one.date > newest.date ? one : newest),
    null,
  );
}

const isSent = (state: Sending["state"]) => state === "SENT" || state === "BOUNCED";

function saidBy(sending: Sending, scope: ReportedScope): SaidTotal | null {
  const summary = summaryOf(sending);
  if (summary === null || !isOf(summary, scope)) return null;
  // The summary is of the newest attempt: of one that was refused nobody read it.
  const newest = sending.attempts.at(-1);
  const at = newest?.outcome === "accepted" ? newest.endedAt : null;
  if (summary.total === null || at === null) return null;
  return { date: summary.day, total: parseMoney(summary.total, summary.currency), at };
}

const isOf = ({ metric, cost_centers }: ReportSummary, scope: ReportedScope): boolean =>
  metric === scope.metric && namesText(cost_centers) === namesText(scope.costCenters);

const namesText = (names: readonly string[] | null | undefined) => JSON.stringify(names?.toSorted() ?? names);

/** `null` where the record has none, or one of another version. */
export function summaryOf({ summary }: Sending): ReportSummary | null {
  const parsed = v.safeParse(summarySchema, summary);
  return parsed.success ? parsed.output : null;
}
