import { decimalText, MONEY_DECIMALS, type Money, magnitude } from "@dapanoskop/core/money";

/** The findings of a verification, collected while it runs. */
export interface Findings {
  readonly faults: readonly string[];
  /** Sums that were computed again. */
  readonly sums: number;
  fault(sentence: string): void;
  /** Adds a fault unless two amounts are equal within the tolerance of the doubles that they were published as. */
  equal(what: string, computed: Sum, published: Sum, allowed?: readonly Money[]): void;
}

/** An amount, and how far it may differ from the exact one because of the published doubles. */
export interface Sum {
  readonly units: bigint;
  readonly tolerance: bigint;
}

/** Names and texts of a file that somebody else wrote can be as long as the file; in characters. */
const LONGEST_FAULT = 1_000;

export function findings(): Findings {
  const faults: string[] = [];
  let sums = 0;
  const fault = (sentence: string) => {
    faults.push(sentence.length <= LONGEST_FAULT ? sentence : `${sentence.slice(0, LONGEST_FAULT - 1)}…`);
  };
  return {
    faults,
    get sums() {
      return sums;
    },
    fault,
    equal(what, computed, published, allowed = []) {
      sums += 1;
      const tolerance = computed.tolerance + published.tolerance;
      const difference = computed.units - published.units;
      const near = (explained: bigint) => magnitude(difference - explained) <= tolerance;
      if ([0n, ...allowed.map(({ units }) => units)].some(near)) return;
      fault(
        `${what} make ${decimalText(computed.units, MONEY_DECIMALS)}, and ${decimalText(published.units, MONEY_DECIMALS)} is published.`,
      );
    },
  };
}
