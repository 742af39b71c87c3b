import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { type Money, sum } from "../../money/index.ts";
import type { NamedCosts } from "./cost-list.ts";
import { costOn, type DaySelection, roughlyOn } from "./day-costs.ts";

/** The part of the figures that an audience sees. */
export interface SeenFigures {
  readonly costCenters: readonly NamedCosts[];
  /** Of the centers that an audience was made for, those without a charge in all published days. */
  readonly withoutCharges: readonly string[];
  /** What is seen costs on some days; `null` where one of them is not known. */
  readonly costOn: (selected: DaySelection) => Money | null;
}

/** @param names the only cost centers that are seen; `null`: the whole account */
export function seenFigures(figures: DailyFigures, names: readonly string[] | null): SeenFigures {
  const { total, costCenters: all, currency } = figures;
  const costCenters = names === null ? all : all.filter(({ name }) => names.includes(name));
  const series: readonly DailyNumbers[] = names === null ? [total] : costCenters.map(({ costs }) => costs);
  return {
    costCenters,
    withoutCharges: (names ?? []).filter((name) => !costCenters.some((center) => center.name === name)),
    costOn: (selected) => {
      // A day that is not known is so for every center, also where none of the seen ones has a charge.
      if (roughlyOn(total, selected) === null) return null;
      const costs = series.flatMap((each) => costOn(each, selected, currency) ?? []);
      return costs.length < series.length ? null : sum(costs, currency);
    },
  };
}
