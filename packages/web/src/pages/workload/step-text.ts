import type { ChangeStep } from "@dapanoskop/core/insight";
import type { Formats } from "../../words/formats.ts";
import type { PeriodWords } from "../../words/period-words.ts";

/** What a step is called: the two periods at the ends, the reason between them. */
export function stepName({ name }: ChangeStep, words: PeriodWords): string {
  switch (name) {
    case "before":
      return words.against;
    case "now":
      return words.now;
    case "appeared":
      return "New";
    case "price":
      return "Price";
    case "quantity":
      return "Quantity";
    case "gone":
      return "Gone";
  }
}

/** A step's amount, with a sign where it is a change. */
export const stepAmount = ({ kind, cents }: ChangeStep, currency: string, formats: Formats): string =>
  kind === "total" ? formats.units(cents, currency) : formats.signed(cents, currency);
