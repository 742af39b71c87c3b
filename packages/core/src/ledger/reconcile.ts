import type { Day, Month } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** What AWS may round in a cell (a group in a day or a month), in units of 10^-12: half of the tenth decimal. */
export const UNITS_PER_CELL = 50n;

/** The largest residual of all: $0.005, less than a rounded cent. */
const LARGEST_RESIDUAL = 5_000_000_000n;

/** What to do about answers that contradict each other, as the end of a sentence about them. */
export const RUN_AGAIN =
  "Nothing was published. Run again later: AWS may be revising the bill; if it stays, report it with this sentence.";

/** How one view of a period compares with the source's own ungrouped total. */
export interface View {
  /** `cost_centers`, `usage_types`, `services`, `charge_types`: the answer that was summed. */
  readonly view: string;
  readonly sum: bigint;
  /** The cells that were added, each of which AWS may have rounded: days × groups of a DAILY answer. */
  readonly cells: number;
}

/** What a view is compared with: the source's own ungrouped total, or the same part of another view. */
export interface ReconciledTotal extends Money {
  /** The cells that were added. */
  readonly cells: number;
}

/** A difference small enough to be AWS's rounding, published by name. */
export interface PeriodResidual {
  readonly view: string;
  readonly period: Month;
  readonly difference: bigint;
}

/** The answers about a period contradict each other: nothing of it may be published. */
export class ReconciliationError extends Error {
  /** A month, or one of its days. */
  readonly period: Month | Day;

  constructor(period: Month | Day, message: string) {
    super(message);
    this.name = "ReconciliationError";
    this.period = period;
  }
}

/**
 * Proves that every view of a period sums to the source's total.
 * @param period a month, or one of its days
 * @returns the residuals that are left, each within half of the tenth decimal for each cell of both sides, and $0.005
 * @throws ReconciliationError beyond that: a page was lost or doubled, or AWS revised the bill between two answers
 */
export function reconcile(
  period: Month | Day,
  total: ReconciledTotal,
  views: readonly View[],
): readonly PeriodResidual[] {
  return views.flatMap(({ view, sum, cells }) => {
    const difference = sum - total.units;
    if (difference === 0n) return [];
    const allowed = BigInt(cells + total.cells) * UNITS_PER_CELL;
    const size = difference < 0n ? -difference : difference;
    if (size > (allowed < LARGEST_RESIDUAL ? allowed : LARGEST_RESIDUAL)) {
      throw new ReconciliationError(
        period,
        `${period}: the ${view.replaceAll("_", " ")} sum to ${text(sum)} ${total.currency}, but the bill's own total is ` +
          `${text(total.units)}: ${text(size)} too ${difference > 0n ? "much" : "little"} over ${cells} ${cells === 1 ? "group" : "groups"}. ${RUN_AGAIN}`,
      );
    }
    return [{ view, period, difference }];
  });
}

const text = (units: bigint) => (Number(units) / 1e12).toFixed(10);
