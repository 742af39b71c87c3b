import { moneyText } from "../../money/index.ts";
import { priceBook, shippedBook } from "../book/index.ts";
import { type PricedResources, priceResources } from "../index.ts";
import type { PriceableChange } from "../priced-resources.ts";
import type { UsageValues } from "../usage-values.ts";

const list = priceBook(shippedBook);

/** Prices changes of a test by the shipped book. @param usage values of the usage file, the same for every resource */
export function listPriced(
  changes: readonly PriceableChange[],
  usage: Readonly<Record<string, bigint>> = {},
): PricedResources {
  const values: UsageValues = {
    of: (_, key) => {
      const value = usage[key];
      return value === undefined ? null : { low: value * 10n ** 12n, high: value * 10n ** 12n };
    },
  };
  const rates = { observed: null, list };
  return priceResources({ changes, rates, usage: values, comparable: null, currency: "USD" });
}

/** The status of the first resource, and each of its parts after the change: the cost of a month, `null` where it is not known. */
export function partsOf({ resources }: PricedResources): readonly (readonly [string, string | null])[] {
  return (resources[0]?.parts ?? []).map(({ name, after }) => [
    name,
    after?.cost == null ? null : moneyText(after.cost.expected),
  ]);
}

/** What the first resource costs a month after the change; its status where that is not known. */
export function monthlyAfter({ resources }: PricedResources): string {
  const [first] = resources;
  return first?.after == null ? (first?.status ?? "none") : moneyText(first.after.expected);
}
