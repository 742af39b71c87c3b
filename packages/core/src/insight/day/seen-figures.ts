import type { Window } from "../../calendar/index.ts";
import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { type Money, sum } from "../../money/index.ts";
import type { NamedCosts } from "./cost-list.ts";
import { costOver } from "./day-costs.ts";

/** The part of the figures that an audience sees. */
export interface SeenFigures {
  readonly costCenters: readonly NamedCosts[];
  /** Of the centers that an audience was made for, those without a charge in all published days. */
  readonly withoutCharges: readonly string[];
  /** What is seen costs in a window; `null` where one of its days is not known. */
  readonly costOver: (window: Window) => Money | null;
}

/** @param names the only cost centers that are seen; `null`: the whole account */
export function seenFigures(figures: DailyFigures, names: readonly string[] | null): SeenFigures {
  const { total, costCenters: all, currency } = figures;
  const costCenters = names === null ? all : all.filter(({ name }) => names.includes(name));
  const series: readonly DailyNumbers[] = names === null ? [total] : costCenters.map(({ costs }) => costs);
  return {
    costCenters,
    withoutCharges: (names ?? []).filter((name) => !costCenters.some((center) => center.name === name)),
    costOver: (window) => {
      // A day that is not known is so for every center, also where none of the seen ones has a charge.
      if (costOver(figures, total, window) === null) return null;
      const costs = series.flatMap((each) => costOver(figures, each, window) ?? []);
      return costs.length < series.length ? null : sum(costs, currency);
    },
  };
}
