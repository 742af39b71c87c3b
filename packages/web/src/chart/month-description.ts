import { visible } from "@dapanoskop/core/text";
import type { Formats } from "../words/formats.ts";
import { chartAmount, displayedMonth } from "./chart-amount.ts";
import type { StackMonth } from "./stack-geometry.ts";
import { OTHERS } from "./trend-series.ts";

/** Characters of a name at most, where it is read aloud in a list. */
const NAME_LIMIT = 40;

/**
 * The figures of a month as a sentence, for screen readers: "March 2026, so far: $33,639.73. Storefront $12,000.00, …".
 * @param names of the series; `null` is all others together
 */
export function monthDescription(
  month: StackMonth,
  names: readonly (string | null)[],
  currency: string,
  formats: Formats,
): string {
  const displayed = displayedMonth(month, currency);
  const cents = (count: bigint) => formats.units(count, currency);
  const opening = `${formats.month(month.period)}${month.isRunning ? ", so far" : ""}: ${cents(displayed.total)}`;
  const parts = names
    .map(
      (name, at) =>
        `${name === null ? OTHERS : visible(name, NAME_LIMIT)} ${cents(displayed.parts[at] ?? 0n)}`,
    )
    .join(", ");
  const average =
    month.average === null ? "" : `. Three-month average ${chartAmount(month.average, currency, formats)}`;
  return `${opening}. ${parts}${average}`;
}
