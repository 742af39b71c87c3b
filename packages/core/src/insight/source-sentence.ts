import { isAws, type SourceDescription } from "../source/index.ts";
import type { MonthFigures } from "./month-figures.ts";
import type { Sentence } from "./sentence.ts";

/**
 * What the figures were computed from: "Read from a FOCUS bill of Microsoft: UnblendedCost in EUR, workloads by tag App, no cost
 * category." A month that was published without a source names its metric and currency.
 */
export function sourceSentence({
  source,
  metric,
  currency,
}: Pick<MonthFigures, "source" | "metric" | "currency">): Sentence {
  if (source === null) return [`Read as ${metric} in ${currency}.`];
  const costCenters: Sentence =
    source.costCategory === null
      ? ["no cost category"]
      : ["cost centers by cost category ", { kind: "name", name: source.costCategory }];
  return [
    "Read from ",
    ...billWords(source),
    ...scopeWords(source),
    `: ${metric} in ${currency}, workloads by tag `,
    { kind: "name", name: source.tagKey },
    ", ",
    ...costCenters,
    ".",
  ];
}

/** Whether storage is counted: its services are AWS's, so that the bill of another provider has none. */
export const hasStorage = (source: SourceDescription | null): boolean =>
  source === null || isAws(source.provider);

/** The part of the bill that was read, where one was chosen. */
const scopeWords = ({ billingView, accounts }: SourceDescription): Sentence => [
  ...(billingView === null ? [] : [", billing view ", { kind: "name" as const, name: billingView }]),
  ...(accounts === null
    ? []
    : [
        accounts.includes(",") ? ", accounts " : ", account ",
        { kind: "name" as const, name: accounts.replaceAll(",", ", ") },
      ]),
];

function billWords({ kind, provider }: SourceDescription): Sentence {
  switch (kind) {
    case "Cost Explorer":
      return ["AWS Cost Explorer"];
    case "CUR":
      return ["an AWS Cost and Usage Report"];
    case "FOCUS":
      return ["a FOCUS bill of ", { kind: "name", name: provider }];
  }
}
