import { addDays, dayOfInstant, monthWindow } from "../calendar/index.ts";
import type { MonthFigures } from "./month-figures.ts";
import { monthName } from "./period-text.ts";
import type { Sentence, SentencePart } from "./sentence.ts";

type DeliveredMonth = Pick<MonthFigures, "month" | "isRunning" | "collectedAt" | "deliveredThrough">;

/** Whether the source has not delivered the newest days of a month in full: up to yesterday, or of a closed month all. */
export function isLate({ month, isRunning, collectedAt, deliveredThrough }: DeliveredMonth): boolean {
  const end = isRunning ? dayOfInstant(collectedAt) : monthWindow(month).end;
  return deliveredThrough === null || deliveredThrough < addDays(end, -1);
}

/** "through Mar 5"; empty where the month is delivered up to its newest day, and where no day of it is complete. */
export function throughParts(figures: DeliveredMonth): readonly SentencePart[] {
  const { deliveredThrough: day } = figures;
  if (day === null || !isLate(figures)) return [];
  return ["through ", { kind: "window", window: { start: day, end: addDays(day, 1) } }];
}

/** What is not delivered yet, and what follows from it; `null` where everything is. */
export function deliveredSentence(figures: DeliveredMonth): Sentence | null {
  if (!isLate(figures)) return null;
  const { deliveredThrough, month, isRunning } = figures;
  if (deliveredThrough === null) {
    return [`No day of ${monthName(month)} is delivered in full yet, so nothing is compared.`];
  }
  const rest = isRunning
    ? "Comparisons and the forecast count the complete days."
    : "The month is not compared as a whole one.";
  return ["Delivered ", ...throughParts(figures), `: the newest days are not delivered yet. ${rest}`];
}
