import type { DailyNumbers } from "../../daily/index.ts";
import {
  compare,
  displayedParts,
  isZero,
  type Money,
  magnitude,
  rounded,
  subtract,
  sum,
} from "../../money/index.ts";
import { changeOf } from "../change.ts";
import type { Sentence } from "../sentence.ts";
import { costOn, type DaySelection, roughlyOn } from "./day-costs.ts";
import type { DayPair } from "./day-section.ts";
import { largestCandidates } from "./largest.ts";

/** Lines of a list before the rest is one line. */
const LISTED = 10;

/** More than this is not nothing, however it was rounded. */
const NEAR_NOTHING = 0.01;

/** A service, a cost center or another thing with costs of its own. */
export interface NamedCosts {
  readonly name: string;
  readonly costs: DailyNumbers;
}

/** The days of a list, and the days that its changes are against. */
export interface ListedDays {
  readonly current: DaySelection;
  readonly base: DaySelection;
}

/**
 * The ten lines of the largest amounts, credits too, by cost; ties by name. The rest is `Other (n)`, so that the list adds
 * up to the total, exactly and as displayed. What costs nothing is left out.
 * @param total of all series together
 */
export function listPairs(
  series: readonly NamedCosts[],
  { current, base }: ListedDays,
  total: Money,
  totalBase: Money | null,
): readonly DayPair[] {
  const { currency } = total;
  const largest = largestCandidates(series, LISTED, ({ costs }) => roughlyOn(costs, current))
    .flatMap(({ name, costs }) => {
      const cost = costOn(costs, current, currency);
      return cost === null || isZero(cost) ? [] : [{ name, costs, cost }];
    })
    .sort((a, b) => bySize(a.cost, b.cost) || byName(a, b))
    .slice(0, LISTED);
  const listed = largest
    .sort((a, b) => compare(b.cost, a.cost) || byName(a, b))
    .map(({ name, costs, cost }) => ({
      label: nameLabel(name),
      cost,
      previous: costOn(costs, base, currency),
    }));
  const rest = series.filter(({ costs }) => isCosting(costs, current, currency)).length - listed.length;
  const all = rest === 0 ? listed : [...listed, otherLine(rest, listed, total, totalBase)];
  const displayed = displayedParts(
    rounded(total),
    all.map(({ cost }) => cost),
  );
  return all.map(({ label, cost, previous }, at) => ({
    label,
    cents: displayed[at] ?? 0n,
    isSigned: false,
    change: changeOf(cost, previous),
    detail: null,
  }));
}

export const nameLabel = (name: string): Sentence => [{ kind: "name", name }];

/** By code unit, so that a list has the same order on every machine. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Largest amount first, whatever its sign. */
export function bySize(a: Money, b: Money): number {
  const [left, right] = [magnitude(a.units), magnitude(b.units)];
  return left === right ? 0 : left > right ? -1 : 1;
}

/** Whether something costs anything at all. Only what is near to nothing is summed exactly. */
function isCosting(costs: DailyNumbers, days: DaySelection, currency: string): boolean {
  if (Math.abs(roughlyOn(costs, days) ?? 0) > NEAR_NOTHING) return true;
  const cost = costOn(costs, days, currency);
  return cost !== null && !isZero(cost);
}

function otherLine(
  count: number,
  listed: readonly { readonly cost: Money; readonly previous: Money | null }[],
  total: Money,
  totalBase: Money | null,
) {
  const { currency } = total;
  const listedCost = sum(
    listed.map(({ cost }) => cost),
    currency,
  );
  const known = listed.flatMap(({ previous }) => previous ?? []);
  return {
    label: ["Other (", { kind: "count", count }, ")"] satisfies Sentence,
    cost: subtract(total, listedCost),
    // The lines that are not listed, and those that cost nothing now: together they are the rest of what was.
    previous:
      totalBase === null || known.length < listed.length ? null : subtract(totalBase, sum(known, currency)),
  };
}
