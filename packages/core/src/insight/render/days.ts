import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { type Money, moneyFromNumber } from "../../money/index.ts";
import { changeAmountText, changeOf, changeRemark } from "../change.ts";
import { longDayText } from "../period-text.ts";
import { jsonText } from "./json-text.ts";
import { amountText, plainFigures } from "./plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "./text-lines.ts";

/** Days that the terminal shows: `--json` has them all. */
const SHOWN_DAYS = 14;

/** The version of the shape of `daysDocument`; it rises when a field changes its meaning or goes. */
const DAYS_SCHEMA = 1;

/** The newest published days for a terminal, each against the same weekday a week before. Every line ends in a newline. */
export function renderDaysText(figures: DailyFigures, style: TextStyle = plainText): string {
  const { days, total, completeThrough, currency } = figures;
  const lines = new TextLines(style);
  const last = days.at(-1);
  if (last === undefined) return "";
  lines.line(lines.bold(`Dapanoskop · the days to ${longDayText(last)}`));
  lines.line();
  const through =
    completeThrough === null
      ? "The source has delivered none of these days in full: every amount may still grow."
      : `Complete through ${longDayText(completeThrough)}.${completeThrough < last ? " Later days may still grow." : ""}`;
  lines.paragraph([through]);
  lines.section("DAYS", ["cost", "week before", ""]);
  const costAt = (at: number) => money(total, at, currency);
  for (let at = Math.max(0, days.length - SHOWN_DAYS); at < days.length; at += 1) {
    const day = days[at] ?? "";
    const cost = costAt(at);
    const change = changeOf(cost, at < 7 ? null : costAt(at - 7));
    lines.row(
      `${day} ${longDayText(day).slice(0, 3)}`,
      [
        cost === null ? "unknown" : amountText(cost),
        changeAmountText(change, plainFigures),
        changeRemark(change, plainFigures),
      ],
      { strong: day === completeThrough },
    );
  }
  lines.more(Math.max(0, days.length - SHOWN_DAYS), "day", "");
  return lines.text();
}

/**
 * The newest published days as a program reads them: the numbers unrounded. `null` is unknown, never 0.
 *
 *     schema, currency, metric, run_id, published_at
 *     complete_through   the last day that the source has delivered in full, or null
 *     days[]             { day, is_complete, total_cost, cost_centers[] { name, kind, cost }, services[] { name, cost },
 *                          charge_types[] { name, kind, cost } }
 */
export function daysDocument(figures: DailyFigures) {
  const { completeThrough, costCenters, services, chargeTypes } = figures;
  return {
    schema: DAYS_SCHEMA,
    currency: figures.currency,
    metric: figures.metric,
    run_id: figures.runId,
    published_at: figures.publishedAt,
    complete_through: completeThrough,
    days: figures.days.map((day, at) => ({
      day,
      is_complete: completeThrough !== null && day <= completeThrough,
      total_cost: figures.total[at] ?? null,
      cost_centers: costCenters.map(({ name, kind, costs }) => ({ name, kind, cost: costs[at] ?? null })),
      services: services.map(({ name, costs }) => ({ name, cost: costs[at] ?? null })),
      charge_types: chargeTypes.map(({ name, kind, costs }) => ({ name, kind, cost: costs[at] ?? null })),
    })),
  };
}

export type DaysDocument = ReturnType<typeof daysDocument>;

export const renderDaysJson = (figures: DailyFigures): string => jsonText(daysDocument(figures));

function money(costs: DailyNumbers, at: number, currency: string): Money | null {
  const cost = costs[at] ?? null;
  return cost === null ? null : moneyFromNumber(cost, currency);
}
