import type { PeriodLedger } from "@dapanoskop/core/ledger";
import { moneyText } from "@dapanoskop/core/money";

/** How many unknown usage types a warning names. */
const NAMED = 5;

/** The longest part of a usage type's name that a warning shows, in characters. */
const NAME_LENGTH = 100;

/** Sentences about units and usage types of a month that are not known. */
export function usageWarnings({ storage, unknown, period, currency }: PeriodLedger): readonly string[] {
  if (unknown.length === 0) return storage.warnings;
  const units = unknown.reduce((total, { cost }) => total + cost.units, 0n);
  const named = unknown
    .slice(0, NAMED)
    .map(
      ({ service, usageType, cost }) =>
        `${JSON.stringify(`${service} ${usageType}`.slice(0, NAME_LENGTH))} ${moneyText(cost)}`,
    )
    .join(", ");
  return [
    ...storage.warnings,
    `${period}: the category table does not contain ${unknown.length === 1 ? "1 usage type" : `${unknown.length} usage types`}, ` +
      `${moneyText({ units, currency })} ${currency}${unknown.length === 1 ? ", and it counts" : " in all, and they count"} as Other: ${named}${unknown.length > NAMED ? ", …" : "."}`,
  ];
}
