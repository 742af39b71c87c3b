import type { Day } from "../../calendar/index.ts";
import type { Money } from "../../money/index.ts";
import { rounded } from "../../money/index.ts";
import { isAws, type SourceDescription } from "../../source/index.ts";
import { type Change, roundedChange } from "../change.ts";
import { monthName } from "../period-text.ts";
import { amountPart, changePart, type Sentence } from "../sentence.ts";

/** Cost centers that a subject names before it counts them. */
const NAMED_CENTERS = 2;

/** Whose bill it is: AWS, or the provider as the bill names it. Figures without a source were published from Cost Explorer. */
const providerPart = (source: SourceDescription | null): Sentence[number] =>
  source === null || isAws(source.provider) ? "AWS" : { kind: "name", name: source.provider };

/**
 * What the published forecast of a month is called. The provider's own comes from Cost Explorer alone: for a bill file it is
 * computed from the file's days, and no provider gave it.
 */
export const sourceForecastWords = (source: SourceDescription | null): Sentence =>
  source === null || source.kind === "Cost Explorer"
    ? [providerPart(source), "'s own forecast"]
    : ["Forecast of the month's report"];

/** "AWS costs", "AWS costs of Data and Web". */
export function costsWords(
  source: SourceDescription | null,
  costCenters: readonly string[] | null,
): Sentence {
  const costs: Sentence = [providerPart(source), " costs"];
  if (costCenters === null) return costs;
  if (costCenters.length > NAMED_CENTERS) return [...costs, ` of ${costCenters.length} cost centers`];
  return [
    ...costs,
    ...costCenters.flatMap((name, at): Sentence => [at === 0 ? " of " : " and ", { kind: "name", name }]),
  ];
}

/**
 * "AWS costs 14 Jan: $1,234.50 (+23.5 % to the 7-day average)", "… (−50.1 % to the 7-day average, usage −11.9 %)"
 * @param usage how usage alone changed, where that is to be said
 */
export const subjectOf = (
  costs: Sentence,
  day: Day,
  total: Money,
  change: Change,
  usage: Change | null,
): Sentence => [
  ...costs,
  ` ${shortDay(day)}: `,
  amountPart(rounded(total), total.currency),
  ...comparisonWords(change, usage),
];

/** "AWS costs 14 Jan: no complete day yet" */
export const emptySubject = (costs: Sentence, asked: Day, reason: string): Sentence => [
  ...costs,
  ` ${shortDay(asked)}: ${reason}`,
];

function comparisonWords(change: Change, usage: Change | null): Sentence {
  if (change.difference === null) return [];
  if (change.direction === "unchanged") return [" (the same as the 7-day average)"];
  return [
    " (",
    ...shortChange(change),
    " to the 7-day average",
    ...(usage === null ? [] : [", usage ", ...shortChange(usage)]),
    ")",
  ];
}

function shortChange({ difference, direction, tenthsOfPercent }: Change): Sentence {
  if (difference === null || direction === "unchanged") return ["unchanged"];
  if (tenthsOfPercent !== null) return [{ kind: "changePercent", tenths: tenthsOfPercent }];
  return [changePart(roundedChange(difference, 2), difference.currency)];
}

const shortDay = (day: Day) => `${Number(day.slice(8))} ${monthName(day).slice(0, 3)}`;
