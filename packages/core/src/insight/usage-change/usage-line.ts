import { type Money, zero } from "../../money/index.ts";

/** What was used of one usage type in one period. */
export interface PricedUse {
  readonly cost: Money;
  /** In the unit that the usage type tells; `null` where AWS mixes units or gives none. */
  readonly quantity: number | null;
}

/** One usage type of a workload, now and before. `null`: no such row in that period. */
export interface UsageLine {
  readonly usageType: string;
  readonly category: string;
  readonly current: PricedUse | null;
  readonly previous: PricedUse | null;
  readonly yearBefore: PricedUse | null;
}

/** What a line costs now: nothing where it is gone. */
export const costNow = (line: UsageLine, currency: string): Money => line.current?.cost ?? zero(currency);

export const costBefore = (line: UsageLine, currency: string): Money => line.previous?.cost ?? zero(currency);
