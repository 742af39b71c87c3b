import type { Window } from "../../calendar/index.ts";
import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
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
import { costOver } from "./day-costs.ts";
import type { DayPair } from "./day-section.ts";

/** Lines of a list before the rest is one line. */
const LISTED = 10;

/** A service, a cost center or another thing with costs of its own. */
export interface NamedCosts {
  readonly name: string;
  readonly costs: DailyNumbers;
}

/** How a list is computed: what its lines cost, and what that is compared with. `null`: not known. */
export interface ListedCosts {
  readonly current: (costs: DailyNumbers) => Money | null;
  readonly base: (costs: DailyNumbers) => Money | null;
}

/** What a line costs in one window, against another window. */
export const windowCosts = (figures: DailyFigures, current: Window, base: Window): ListedCosts => ({
  current: (costs) => costOver(figures, costs, current),
  base: (costs) => costOver(figures, costs, base),
});

/**
 * The ten lines of the largest amounts, credits too, by cost; ties by name. The rest is `Other (n)`, so that the list adds
 * up to the total, exactly and as displayed. What costs nothing is left out.
 * @param total of all series together
 */
export function listPairs(
  series: readonly NamedCosts[],
  { current, base }: ListedCosts,
  total: Money,
  totalBase: Money | null,
): readonly DayPair[] {
  const lines = series.flatMap(({ name, costs }) => {
    const cost = current(costs);
    return cost === null || isZero(cost) ? [] : [{ name, costs, cost }];
  });
  const largest = lines.toSorted((a, b) => bySize(a.cost, b.cost) || byName(a, b)).slice(0, LISTED);
  const listed = largest
    .toSorted((a, b) => compare(b.cost, a.cost) || byName(a, b))
    .map(({ name, costs, cost }) => ({ label: nameLabel(name), cost, previous: base(costs) }));
  const rest = lines.length - listed.length;
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
