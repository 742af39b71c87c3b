import { eventMonth, type Instant } from "@dapanoskop/core/calendar";
import { moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument, Summary } from "../index.ts";
import { amountText } from "./amounts.ts";
import { changeOf, changeText } from "./change.ts";
import { ageText, instantText, monthName } from "./period-words.ts";
import type { Words } from "./words.ts";

/** The daily run is missing when figures are older than a day and a half. */
const OLD_AFTER_HOURS = 36;

/** What a reader must know to trust or doubt a month's figures, as sentences. */
export function notesOf(index: IndexDocument, summary: Summary, now: Instant | null): readonly Words[] {
  return [
    ...ageNote(index, now),
    ...(summary.estimated
      ? [[`AWS still calls these figures estimates: it may revise ${monthName(summary.period)}.`]]
      : []),
    ...restatedNote(index, summary),
    ...unknownNotes(summary),
  ];
}

function ageNote(index: IndexDocument, now: Instant | null): readonly Words[] {
  if (now === null || Date.parse(now) - Date.parse(index.published_at) < OLD_AFTER_HOURS * 3_600_000)
    return [];
  return [[`The last collection was ${ageText(index.published_at, now)} ago. Run: dapanoskop collect`]];
}

function restatedNote(index: IndexDocument, summary: Summary): readonly Words[] {
  // While a month runs its total grows daily: only what was collected of the closed month can be restated.
  const before = index.snapshot[summary.period]?.restated.findLast(
    ({ as_of }) => eventMonth(as_of) > summary.period,
  );
  if (before === undefined || summary.is_mtd) return [];
  const earlier = moneyFromNumber(before.total_cost_usd, summary.currency);
  const change = changeOf(moneyFromNumber(summary.totals.current_cost_usd, summary.currency), earlier);
  if (change.direction === "unchanged") return [];
  return [
    [
      `Restated: it read ${amountText(earlier)} on ${instantText(before.as_of)}, ${changeText(change)} since.`,
    ],
  ];
}

function unknownNotes({ storage_metrics, totals, is_mtd }: Summary): readonly Words[] {
  const notes: Words[] = [];
  if (storage_metrics.total_cost_usd === null || storage_metrics.total_volume_bytes === null) {
    notes.push(["Storage figures are unknown: the bill tells a volume that cannot be read as bytes stored."]);
  }
  if (is_mtd && (totals.prior_partial_cost_usd ?? null) === null) {
    notes.push(["The same days of the month before could not be read, so nothing is compared."]);
  }
  return notes;
}
