import type { Day } from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import { expectedCost } from "../../forecast/index.ts";
import { budgetSections } from "../budget/budget-section.ts";
import { changeOf, changeSentence } from "../change.ts";
import { monthText } from "../period-text.ts";
import type { Sentence } from "../sentence.ts";
import { anomalyPair } from "./anomaly-pairs.ts";
import { daysOfWindow, dayWindow } from "./day-costs.ts";
import { dayWords } from "./day-notes.ts";
import type { DayReportInput } from "./day-report-input.ts";
import { type DayPair, type DaySection, figurePair } from "./day-section.ts";
import { chargesSection, listSection } from "./list-sections.ts";
import { costCenterMovers, serviceMovers } from "./movers.ts";
import { type ReportedDays, reportedDay, reportedMonth } from "./reported-days.ts";
import type { SeenFigures } from "./seen-figures.ts";
import { sourceForecastWords } from "./subject.ts";

/** Unusual costs that a message lists; JSON contains all. */
const ANOMALIES = 5;

const ANSWERING =
  "Was it unusual? Answer with dapanoskop report answer ID confirmed, or false for a false alarm.";

/**
 * Every section of a report on a day, in the order of a message.
 * @param input with the anomalies and the forecast that the audience sees
 */
export function daySections(input: DayReportInput, seen: SeenFigures, day: Day): readonly DaySection[] {
  const { figures, audience } = input;
  const isWhole = audience.costCenters === null;
  const reported = [reportedDay(figures, seen, day), reportedMonth(figures, seen, day)];
  const lists = reported.flatMap((days) => [
    ...(isWhole ? [listSection("Services", days, figures.services)] : []),
    listSection("Cost centers", days, seen.costCenters),
    ...(isWhole ? [chargesSection(days, figures.chargeTypes)] : []),
  ]);
  return [
    ...reported.map((days) => totalSection(days, isWhole ? expectedPairs(days, figures, day) : [])),
    ...(isWhole ? forecastSections(input) : []),
    ...budgetSections(input.budgets),
    anomaliesSection(input),
    // The first list has the movers' costs of the day: one cost is displayed with the same cents in both.
    moversSection(input, seen, day, lists[0]?.pairs ?? []),
    ...lists,
    ...saidSections(input, seen),
  ];
}

const totalSection = (
  { words, window, total, base, change, baseLabel }: ReportedDays,
  expected: readonly DayPair[],
): DaySection => ({
  title: words.charAt(0).toUpperCase() + words.slice(1),
  subtitle: [{ kind: "window", window }],
  pairs: [figurePair(["Total"], total, change), figurePair(baseLabel, base), ...expected],
  sentences: [],
});

/** What the account's day was expected to cost: an average of seven days contains weekends, and fees on the 1st. */
function expectedPairs({ words }: ReportedDays, figures: DailyFigures, day: Day): readonly DayPair[] {
  const expected = words === "the day" ? expectedCost(figures, day) : null;
  return expected === null ? [] : [figurePair(["Expected by weekday and date"], expected)];
}

// Of the whole account: an audience of some cost centers does not see it.
function forecastSections({ forecast, sourceForecast, figures }: DayReportInput): readonly DaySection[] {
  const own = sourceForecast && figurePair(sourceForecastWords(figures.source), sourceForecast);
  if (forecast === null) {
    return own === null
      ? []
      : [
          {
            title: "Forecast",
            subtitle: null,
            pairs: [own],
            sentences: [["Too few days are known for a forecast of ours."]],
          },
        ];
  }
  const { month, through, total, low, high, level, coverage } = forecast;
  const range = `${Math.round(level * 100)} % range`;
  const measured: Sentence =
    coverage === null
      ? [`Too few past months are known to say how often the end lay inside the ${range}.`]
      : [
          `Forecast from the same day, the end of the month lay inside the ${range} in `,
          { kind: "count", count: coverage.inside },
          " of ",
          { kind: "count", count: coverage.months },
          ` past month${coverage.months === 1 ? "" : "s"}.`,
        ];
  return [
    {
      title: "Forecast",
      subtitle: [`${monthText(month)} at its end, from the days through `, ...dayWords(through)],
      pairs: [
        figurePair(["Forecast"], total),
        figurePair([`Low end of the ${range}`], low),
        figurePair([`High end of the ${range}`], high),
        ...(own === null ? [] : [own]),
      ],
      sentences: [measured],
    },
  ];
}

function anomaliesSection({ anomalies, answers }: DayReportInput): DaySection {
  const more = anomalies.length - ANOMALIES;
  const answered: readonly Sentence[] =
    answers === null || answers.confirmed + answers.false === 0
      ? []
      : [
          [
            "Of the alarms of the last 90 days, ",
            { kind: "count", count: answers.confirmed },
            ` ${answers.confirmed === 1 ? "was" : "were"} confirmed and `,
            { kind: "count", count: answers.false },
            " false.",
          ],
        ];
  return {
    title: "Unusual costs",
    subtitle: anomalies.length === 0 ? null : ["amounts over the expectation"],
    pairs: anomalies.slice(0, ANOMALIES).map(anomalyPair),
    sentences: [
      ...(anomalies.length === 0 ? [["No cost of this day is unusual."]] : []),
      ...(more > 0 ? [["And ", { kind: "count" as const, count: more }, " more."]] : []),
      ...(anomalies.length > 0 ? [[ANSWERING]] : []),
      ...answered,
    ],
  };
}

function moversSection(
  { figures, audience }: DayReportInput,
  seen: SeenFigures,
  day: Day,
  listed: readonly DayPair[],
): DaySection {
  const displayed = new Map(listed.map(({ label, cents }) => [nameIn(label), cents]));
  const movers =
    audience.costCenters === null
      ? serviceMovers(figures, day)
      : costCenterMovers(figures, seen.costCenters, day);
  return {
    title: "Biggest movers",
    subtitle: ["against its usual weekday, or its date a month before"],
    pairs: movers.pairs.map((pair) => ({ ...pair, cents: displayed.get(nameIn(pair.label)) ?? pair.cents })),
    sentences:
      movers.pairs.length > 0
        ? []
        : [
            [
              movers.isKnown
                ? "Nothing changed."
                : "Unknown: the four weeks before are not published in full.",
            ],
          ],
  };
}

/** The name that is a label; `null` for a label of our own words, such as `Other (3)`. */
const nameIn = ([part]: Sentence): string | null =>
  typeof part === "object" && part.kind === "name" ? part.name : null;

/** What the last report said, and what the figures of its day are now. */
function saidSections({ said, figures }: DayReportInput, seen: SeenFigures): readonly DaySection[] {
  if (said === null) return [];
  const now = seen.costOn(daysOfWindow(figures.days, dayWindow(said.date)));
  const change = changeOf(now, said.total);
  const revised: Sentence =
    now === null
      ? ["The published days no longer contain it."]
      : change.direction === "unchanged"
        ? ["It has not changed since."]
        : [...revisedBy(figures.source), ...changeSentence(change), " since."];
  return [
    {
      title: "Since the last report",
      subtitle: [{ kind: "window", window: dayWindow(said.date) }],
      pairs: [
        figurePair([...dayWords(said.date), " as reported"], said.total),
        figurePair([...dayWords(said.date), " now"], now, change),
      ],
      sentences: [["Reported ", { kind: "instant", instant: said.at }, ". ", ...revised]],
    },
  ];
}

const revisedBy = (source: DayReportInput["figures"]["source"]): Sentence =>
  source === null || source.kind === "Cost Explorer"
    ? ["AWS has revised it by "]
    : ["The bill has changed by "];
