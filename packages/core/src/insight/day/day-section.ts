import type { Money } from "../../money/index.ts";
import { rounded } from "../../money/index.ts";
import type { Change } from "../change.ts";
import type { Sentence } from "../sentence.ts";

/** A list of amounts under a title. */
export interface DaySection {
  /** The same in every report, for programs: "Services of the day". */
  readonly title: string;
  /** The days that it is of, and what its changes are against. */
  readonly subtitle: Sentence | null;
  readonly pairs: readonly DayPair[];
  /** What is said beside the list, or in its place. */
  readonly sentences: readonly Sentence[];
}

/** A label and its amount: what every form of the message contains. */
export interface DayPair {
  readonly label: Sentence;
  /** As displayed: the parts of a list add up to its displayed total. `null` is unknown, never 0. */
  readonly cents: bigint | null;
  /** With a plus where it is positive: an amount over an expectation. */
  readonly isSigned: boolean;
  /** Against what the section's subtitle says. */
  readonly change: Change | null;
  /** Why, or what stands behind it. */
  readonly detail: Sentence | null;
}

/** A pair of our own words and an amount. */
export const figurePair = (label: Sentence, amount: Money | null, change: Change | null = null): DayPair => ({
  label,
  cents: amount && rounded(amount),
  isSigned: false,
  change,
  detail: null,
});
