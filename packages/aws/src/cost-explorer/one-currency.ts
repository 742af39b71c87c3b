import { type Money, parseMoney } from "@dapanoskop/core/money";
import { quoted } from "@dapanoskop/core/text";
import { protocolError, type QueryContext, queryError } from "./query-context.ts";

/** An amount as Cost Explorer writes it: a decimal string and a unit. */
export interface WrittenAmount {
  readonly Amount: string;
  readonly Unit?: string | null | undefined;
}

/** Reads costs, all in one currency. `where` names the page and group, for the sentence of an error. */
export type ReadCost = (amount: WrittenAmount, context: QueryContext, where: () => string) => Money;

/**
 * One currency per deployment: the first cost that a run reads sets it, a second one is an error, not a sum.
 * Cost Explorer writes `N/A` where a group mixes currencies.
 */
export function oneCurrency(): ReadCost {
  let currency: string | null = null;
  return ({ Amount, Unit }, context, where) => {
    if (Unit === undefined || Unit === null || Unit === "" || Unit === "N/A") {
      throw queryError(
        "currency",
        context,
        `${where()} has a cost without one currency (unit ${quoted(Unit ?? "")}), as Cost Explorer writes mixed ` +
          "currencies. Dapanoskop counts one currency per deployment: narrow the query to one, or deploy once for each.",
      );
    }
    currency ??= Unit;
    if (currency !== Unit) {
      throw queryError(
        "currency",
        context,
        `${where()} is in ${quoted(Unit)}, but earlier amounts of this run are in ${quoted(currency)}. ` +
          "Dapanoskop counts one currency per deployment: deploy once for each payer that is billed in its own.",
      );
    }
    try {
      return parseMoney(Amount, currency);
    } catch (cause) {
      throw protocolError(context, `${where()} has a cost that is no number: ${quoted(Amount)}.`, { cause });
    }
  };
}
