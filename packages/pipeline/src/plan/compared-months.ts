import { addMonths, type Month } from "@dapanoskop/core/calendar";

/** The months that a published month is compared with: the one before, and the same month one year before. */
export const comparedMonths = (month: Month): readonly [previous: Month, yearBefore: Month] => [
  addMonths(month, -1),
  addMonths(month, -12),
];
