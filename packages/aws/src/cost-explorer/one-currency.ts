import { type Money, parseMoney } from "@dapanoskop/core/money";
import { quoted } from "../quoted.ts";
import { type Inquiry, inquiryError, protocolError } from "./inquiry.ts";

/** An amount as Cost Explorer writes it: a decimal string and a unit. */
export interface WrittenAmount {
  readonly Amount: string;
  readonly Unit?: string | null | undefined;
}

/** Reads costs, all in one currency. `where` names the page and group, for the sentence of an error. */
export type ReadCost = (amount: WrittenAmount, inquiry: Inquiry, where: () => string) => Money;

/**
 * One currency per deployment: the first cost that a run reads sets it, a second one is an error, not a sum.
 * Cost Explorer writes `N/A` where a group mixes currencies.
 */
export function oneCurrency(): ReadCost {
  let currency: string | null = null;
  return ({ Amount, Unit }, inquiry, where) => {
    if (Unit === undefined || Unit === null || Unit === "" || Unit === "N/A") {
      throw inquiryError(
        "currency",
        inquiry,
        `${where()} has a cost without one currency (unit ${quoted(Unit ?? "")}), as Cost Explorer writes mixed ` +
          "currencies. Dapanoskop counts one currency per deployment: narrow the question to one, or deploy once for each.",
      );
    }
    currency ??= Unit;
    if (currency !== Unit) {
      throw inquiryError(
        "currency",
        inquiry,
        `${where()} is in ${quoted(Unit)}, but earlier amounts of this run are in ${quoted(currency)}. ` +
          "Dapanoskop counts one currency per deployment: deploy once for each payer that is billed in its own.",
      );
    }
    try {
      return parseMoney(Amount, currency);
    } catch (cause) {
      throw protocolError(inquiry, `${where()} has a cost that is no number: ${quoted(Amount)}.`, { cause });
    }
  };
}
