import { moneyFromNumber } from "../../money/index.ts";
import type { PricedUse, UsageLine } from "../usage-change/usage-line.ts";

export const aUse = (cost: number, quantity: number | null = null): PricedUse => ({
  cost: moneyFromNumber(cost, "USD"),
  quantity,
});

/** A usage type that states only what matters. */
export const aLine = (own: Partial<UsageLine>): UsageLine => ({
  usageType: "BoxUsage:m5.large",
  category: "Compute",
  current: null,
  previous: null,
  yearBefore: null,
  ...own,
});
