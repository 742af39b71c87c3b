import type { Day } from "../../calendar/index.ts";
import type { DailyFigures, DailyUsageType, DailyWorkload } from "../../daily/index.ts";
import { type Money, rounded, subtract } from "../../money/index.ts";
import { changeOf, isNothing, roundedChange, sentenceDecimals } from "../change.ts";
import { changePart, type Sentence } from "../sentence.ts";
import { byName, bySize, type NamedCosts, nameLabel } from "./cost-list.ts";
import { costOver, dayWindow, quantityChange, weekdayAverage } from "./day-costs.ts";
import type { DayPair } from "./day-section.ts";

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

/** The services that moved most, each with the usage types behind it. */
export const serviceMovers = (figures: DailyFigures, day: Day): Movers =>
  moverPairs(figures, figures.services, day, ({ name }, isUp) => {
    const usageTypes = figures.usageTypes.filter(({ service }) => service === name);
    const named = usageTypes.map((type) => ({ ...type, name: type.usageType }));
    return reasonsOf(figures, named, day, isUp, (type) => quantityWords(figures, type, day));
  });

/** The cost centers that moved most, each with the workloads behind it. */
export const costCenterMovers = (
  figures: DailyFigures,
  costCenters: readonly NamedCosts[],
  day: Day,
): Movers =>
  moverPairs(figures, costCenters, day, ({ name }, isUp) => {
    const workloads: readonly DailyWorkload[] = figures.workloads.filter(
      ({ costCenter }) => costCenter === name,
    );
    return reasonsOf(figures, workloads, day, isUp, () => []);
  });

function moverPairs(
  figures: DailyFigures,
  series: readonly NamedCosts[],
  day: Day,
  reasons: (mover: NamedCosts, isUp: boolean) => Sentence,
): Movers {
  const pairs = movesOf(figures, series, day)
    .slice(0, NAMED)
    .map(({ of, cost, usual, difference }) => {
      const detail = reasons(of, difference.units > 0n);
      return {
        label: nameLabel(of.name),
        cents: rounded(cost),
        isSigned: false,
        change: changeOf(cost, usual),
        detail: detail.length === 0 ? null : detail,
      };
    });
  return { pairs, isKnown: weekdayAverage(figures, figures.total, day) !== null };
}

/** What moved by half a cent or more, against the average of its last four same weekdays, largest first; ties by name. */
function movesOf<T extends NamedCosts>(
  figures: DailyFigures,
  series: readonly T[],
  day: Day,
): readonly Move<T>[] {
  return series
    .flatMap((of) => {
      const cost = costOver(figures, of.costs, dayWindow(day));
      const usual = weekdayAverage(figures, of.costs, day);
      if (cost === null || usual === null) return [];
      const difference = subtract(cost, usual);
      return isNothing(difference) ? [] : [{ of, cost, usual, difference }];
    })
    .toSorted((a, b) => bySize(a.difference, b.difference) || byName(a.of, b.of));
}

/** "BoxUsage:m5.large +$180.00 (quantity +20.0 %), EBS:VolumeUsage.gp3 +$12.00": what moved in the same direction. */
function reasonsOf<T extends NamedCosts>(
  figures: DailyFigures,
  series: readonly T[],
  day: Day,
  isUp: boolean,
  remark: (of: T) => Sentence,
): Sentence {
  return movesOf(figures, series, day)
    .filter(({ difference }) => difference.units > 0n === isUp)
    .slice(0, REASONS)
    .flatMap(({ of, difference }, at): Sentence => {
      const decimals = sentenceDecimals(difference);
      const amount = changePart(roundedChange(difference, decimals), difference.currency, decimals);
      return [...(at === 0 ? [] : [", "]), { kind: "name", name: of.name }, " ", amount, ...remark(of)];
    });
}

function quantityWords(figures: DailyFigures, { quantities }: DailyUsageType, day: Day): Sentence {
  const tenths = quantityChange(figures, quantities, day);
  if (tenths === null) return [];
  return tenths === 0n ? [" (same quantity)"] : [" (quantity ", { kind: "changePercent", tenths }, ")"];
}
