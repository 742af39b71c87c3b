import type { Anomaly, AnomalyScope } from "../../anomaly/index.ts";
import { addDays } from "../../calendar/index.ts";
import { rounded } from "../../money/index.ts";
import { roundedChange } from "../change.ts";
import { amountPart, changePart, type Sentence } from "../sentence.ts";
import { nameLabel } from "./cost-list.ts";
import type { DayPair } from "./day-section.ts";

/** Rows behind an anomaly that a report names; JSON contains all. */
const ROWS = 3;

/** Anomalies that an audience sees: of services and usage types it is not known which cost center they belong to. */
export const seenAnomalies = (
  anomalies: readonly Anomaly[],
  costCenters: readonly string[] | null,
): readonly Anomaly[] =>
  costCenters === null
    ? anomalies
    : anomalies.filter(({ scope }) => scope.kind === "cost center" && costCenters.includes(scope.name));

/** What is unusual, with its amount over the expectation. */
export const anomalyPair = (anomaly: Anomaly): DayPair => ({
  label: nameLabel(anomaly.scope.name),
  cents: rounded(anomaly.excess),
  isSigned: true,
  change: null,
  detail: anomalyDetail(anomaly),
});

/** "Service. $250.00 instead of $100.00 since Jan 12: quantity. Behind it: BoxUsage:m5.large +$120.00. Its id is 0123456789abcdef." */
function anomalyDetail({ id, scope, cost, expected, since, day, cause, rows }: Anomaly): Sentence {
  const { currency } = cost;
  const behind = rows
    .slice(0, ROWS)
    .flatMap(
      ({ name, excess }, at): Sentence => [
        at === 0 ? " Behind it: " : ", ",
        { kind: "name", name },
        " ",
        changePart(roundedChange(excess, 2), currency),
      ],
    );
  return [
    ...scopeWords(scope),
    ": ",
    amountPart(rounded(cost), currency),
    " instead of the expected ",
    amountPart(rounded(expected), currency),
    ...(since === day
      ? [", on this day alone."]
      : [", since ", { kind: "window" as const, window: { start: since, end: addDays(since, 1) } }, "."]),
    ...(cause === null ? [] : [` ${CAUSES[cause]}`]),
    ...behind,
    ...(behind.length === 0 ? [] : ["."]),
    ` Its id is ${id}.`,
  ];
}

const CAUSES: Readonly<Record<NonNullable<Anomaly["cause"]>, string>> = {
  price: "The price of a unit changed, not the quantity.",
  quantity: "The quantity changed, not the price of a unit.",
  "price and quantity": "Both the quantity and the price of a unit changed.",
};

function scopeWords(scope: AnomalyScope): Sentence {
  switch (scope.kind) {
    case "cost center":
      return ["Cost center"];
    case "service":
      return ["Service"];
    case "usage type":
      return ["Usage type of ", { kind: "name", name: scope.service }];
  }
}
