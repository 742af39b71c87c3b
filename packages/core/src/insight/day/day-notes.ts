import { addDays, addMonths, type Day, dayOfInstant, firstDay, monthOf } from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import { estimatedSentence } from "../notes.ts";
import type { NamePart, Sentence } from "../sentence.ts";
import { dayWindow } from "./day-costs.ts";
import type { SeenFigures } from "./seen-figures.ts";

/** AWS revises a closed month for days: the collection reads it again until the 10th of the next one. */
const REVISED_DAYS = 10;

/** What a reader needs to judge how far the figures of a day can be trusted. */
export function dayNotes(
  figures: DailyFigures,
  { withoutCharges }: SeenFigures,
  { asked, date }: { readonly asked: Day; readonly date: Day },
  costCenters: readonly string[] | null,
): readonly Sentence[] {
  return [
    date < asked ? lateSentence(asked, date) : null,
    estimatedSentence({
      isEstimated: isEstimated(figures, date),
      month: monthOf(date),
      source: figures.source,
    }),
    costCenters === null ? null : partSentence(costCenters),
    withoutCharges.length === 0
      ? null
      : [
          ...names(withoutCharges),
          ": no charge in the published days. Check how the report spells the cost center.",
        ],
  ].flatMap((sentence) => (sentence === null ? [] : [sentence]));
}

/** Why there is no report of a day: no day is complete, or the figures do not contain it. */
export function emptySentence({ days }: DailyFigures, asked: Day, date: Day | null): Sentence {
  const [first] = days;
  if (date === null || first === undefined) {
    return ["No day is delivered in full yet, so there is nothing to report of ", ...dayWords(asked), "."];
  }
  return [
    "The published days start on ",
    ...dayWords(first),
    ": they do not contain ",
    ...dayWords(date),
    ".",
  ];
}

export const dayWords = (day: Day): Sentence => [{ kind: "window", window: dayWindow(day) }];

const lateSentence = (asked: Day, date: Day): Sentence => [
  "This report is of ",
  ...dayWords(date),
  ", the last complete day: ",
  { kind: "window", window: { start: addDays(date, 1), end: addDays(asked, 1) } },
  date < addDays(asked, -1) ? " are not delivered in full yet." : " is not delivered in full yet.",
];

const partSentence = (costCenters: readonly string[]): Sentence => [
  costCenters.length === 1 ? "Only cost center " : "Only cost centers ",
  ...names(costCenters),
  ". What the account costs by service and by kind of charge, and the forecast, are of all cost centers and are left out.",
];

const names = (all: readonly string[]): Sentence =>
  all.flatMap((name, at): readonly (NamePart | string)[] => [
    ...(at === 0 ? [] : [at === all.length - 1 ? " and " : ", "]),
    { kind: "name", name },
  ]);

function isEstimated({ history, publishedAt, source }: DailyFigures, date: Day): boolean {
  const month = monthOf(date);
  if (history.some((each) => each.month === month && each.isRunning)) return true;
  const isFile = source !== null && source.kind !== "Cost Explorer";
  return !isFile && dayOfInstant(publishedAt) <= addDays(firstDay(addMonths(month, 1)), REVISED_DAYS - 1);
}
