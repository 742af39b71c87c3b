import { decimalText, MONEY_DECIMALS, type Money, magnitude } from "@dapanoskop/core/money";

/** What a verification finds as it goes. */
export interface Findings {
  readonly faults: readonly string[];
  /** Sums that were made again. */
  readonly sums: number;
  fault(sentence: string): void;
  /** Says so unless two amounts are one: within what the doubles that carried them may have lost. */
  equal(what: string, made: Sum, published: Sum, allowed?: readonly Money[]): void;
}

/** An amount, and how far the published doubles it was made of may stand from the exact one. */
export interface Sum {
  readonly units: bigint;
  readonly slack: bigint;
}

export function findings(): Findings {
  const faults: string[] = [];
  let sums = 0;
  return {
    faults,
    get sums() {
      return sums;
    },
    fault: (sentence) => void faults.push(sentence),
    equal(what, made, published, allowed = []) {
      sums += 1;
      const slack = made.slack + published.slack;
      const difference = made.units - published.units;
      const near = (explained: bigint) => magnitude(difference - explained) <= slack;
      if ([0n, ...allowed.map(({ units }) => units)].some(near)) return;
      faults.push(
        `${what} make ${decimalText(made.units, MONEY_DECIMALS)}, and ${decimalText(published.units, MONEY_DECIMALS)} is published.`,
      );
    },
  };
}
