/** A month's usage: a number, or a range. In 10^-12 of what the key names. */
export interface UsageValue {
  readonly low: bigint;
  readonly high: bigint;
}

/** What somebody expects a resource to use, from a usage file. */
export interface UsageValues {
  /** `null` where it says nothing about the key. */
  of(resource: { readonly type: string; readonly address: string }, key: string): UsageValue | null;
}

/** What the account used for each hour of comparable resources. */
export interface ComparableUsage {
  /** `null` where the bill has too little of one of both families in this region, or not in this unit. */
  perHour(key: ComparableKey): UsagePerHour | null;
}

export interface ComparableKey {
  readonly service: string;
  readonly region: string;
  readonly usageFamily: string;
  readonly unit: string;
  /** The family that counts the hours of the resources. */
  readonly hoursFamily: string;
}

/** Both in 10^-12: of the unit, and of an hour; positive. */
export interface UsagePerHour {
  readonly usage: bigint;
  readonly hours: bigint;
}
