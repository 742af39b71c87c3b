import type { Day } from "../../calendar/index.ts";
import type { DailyFigures, DailyUsageType } from "../../daily/index.ts";
import { type Money, rounded, subtract } from "../../money/index.ts";
import { changeOf, isNothing, roundedChange, sentenceDecimals } from "../change.ts";
import { changePart, type Sentence } from "../sentence.ts";
import { byName, bySize, type NamedCosts, nameLabel } from "./cost-list.ts";
import {
  costOn,
  type DaySelection,
  daysOfWindow,
  dayWindow,
  quantityChange,
  roughlyOn,
} from "./day-costs.ts";
import type { DayPair } from "./day-section.ts";
import { largestCandidates } from "./largest.ts";
import { type ComparableDays, comparableDays, usualDays } from "./usual-days.ts";

/** Movers that a report names. */
const NAMED = 5;

/** Reasons that a mover has. */
const REASONS = 2;

interface Move<T extends NamedCosts> {
  readonly of: T;
  readonly cost: Money;
  readonly usual: Money;
  readonly difference: Money;
}

/** What moved most. */
export interface Movers {
  readonly pairs: readonly DayPair[];
  /** Whether the days that are compared are known. */
  readonly isKnown: boolean;
}

/** A day, and the days that a series is compared with. */
interface ComparedDay {
  readonly current: DaySelection;
  readonly usual: ComparableDays;
  readonly currency: string;
}

/** The services that moved most, each with the usage types behind it. */
export function serviceMovers(figures: DailyFigures, day: Day): Movers {
  const compared = comparedDay(figures, day);
  return moversOf(figures, figures.services, compared, ({ name }, isUp) => {
    const usageTypes = figures.usageTypes.filter(({ service }) => service === name);
    const named = usageTypes.map((type) => ({ ...type, name: type.usageType }));
    return reasonsOf(named, compared, isUp, (type) => quantityWords(type, compared));
  });
}

/** The cost centers that moved most, each with the workloads behind it. */
export function costCenterMovers(
  figures: DailyFigures,
  costCenters: readonly NamedCosts[],
  day: Day,
): Movers {
  const compared = comparedDay(figures, day);
  return moversOf(figures, costCenters, compared, ({ name }, isUp) => {
    const workloads = figures.workloads.filter(({ costCenter }) => costCenter === name);
    return reasonsOf(workloads, compared, isUp, () => []);
  });
}

const comparedDay = ({ days, currency }: DailyFigures, day: Day): ComparedDay => ({
  current: daysOfWindow(days, dayWindow(day)),
  usual: comparableDays(days, day),
  currency,
});

function moversOf(
  { total }: DailyFigures,
  series: readonly NamedCosts[],
  compared: ComparedDay,
  reasons: (mover: NamedCosts, isUp: boolean) => Sentence,
): Movers {
  const pairs = movesOf(series, NAMED, compared).map(({ of, cost, usual, difference }) => {
    const detail = reasons(of, difference.units > 0n);
    return {
      label: nameLabel(of.name),
      cents: rounded(cost),
      isSigned: false,
      change: changeOf(cost, usual),
      detail: detail.length === 0 ? null : detail,
    };
  });
  return { pairs, isKnown: roughlyOn(total, usualDays(total, compared.usual)) !== null };
}

/** The `count` things that moved most, by half a cent or more, against their usual days, largest first; ties by name. */
function movesOf<T extends NamedCosts>(
  series: readonly T[],
  count: number,
  { current, usual: comparable, currency }: ComparedDay,
): readonly Move<T>[] {
  const roughDifference = ({ costs }: T) => {
    const [cost, usual] = [roughlyOn(costs, current), roughlyOn(costs, usualDays(costs, comparable))];
    return cost === null || usual === null ? null : cost - usual;
  };
  return largestCandidates(series, count, roughDifference)
    .flatMap((of) => {
      const cost = costOn(of.costs, current, currency);
      const usual = costOn(of.costs, usualDays(of.costs, comparable), currency);
      if (cost === null || usual === null) return [];
      const difference = subtract(cost, usual);
      return isNothing(difference) ? [] : [{ of, cost, usual, difference }];
    })
    .sort((a, b) => bySize(a.difference, b.difference) || byName(a.of, b.of))
    .slice(0, count);
}

/** "BoxUsage:m5.large +$180.00 (quantity +20.0 %), EBS:VolumeUsage.gp3 +$12.00": what moved in the same direction. */
function reasonsOf<T extends NamedCosts>(
  series: readonly T[],
  compared: ComparedDay,
  isUp: boolean,
  remark: (of: T) => Sentence,
): Sentence {
  return movesOf(series, series.length, compared)
    .filter(({ difference }) => difference.units > 0n === isUp)
    .slice(0, REASONS)
    .flatMap(({ of, difference }, at): Sentence => {
      const decimals = sentenceDecimals(difference);
      const amount = changePart(roundedChange(difference, decimals), difference.currency, decimals);
      return [...(at === 0 ? [] : [", "]), { kind: "name", name: of.name }, " ", amount, ...remark(of)];
    });
}

function quantityWords(
  { costs, quantities }: Pick<DailyUsageType, "costs" | "quantities">,
  { current, usual }: ComparedDay,
): Sentence {
  const tenths = quantityChange(quantities, current, usualDays(costs, usual));
  if (tenths === null) return [];
  return tenths === 0n ? [" (same quantity)"] : [" (quantity ", { kind: "changePercent", tenths }, ")"];
}
