import type { PeriodLedger } from "@dapanoskop/core/ledger";
import { CostSourceError } from "@dapanoskop/core/source";
import type { PublishedHistory } from "../published-history.ts";

/**
 * Refuses months in another currency than the published months: the trend has one currency.
 * @throws CostSourceError `currency`, naming both
 */
export async function checkCurrency(
  ledgers: readonly PeriodLedger[],
  history: PublishedHistory,
): Promise<void> {
  const published = await history.currency();
  const other = ledgers.find(({ currency }) => currency !== published);
  if (published === null || other === undefined) return;
  throw new CostSourceError(
    "currency",
    other.window,
    `The bill is in ${other.currency}, and the months in ${history.place} are in ${published}. One deployment ` +
      "has one currency: collect this bill into another place. Nothing was published.",
  );
}
