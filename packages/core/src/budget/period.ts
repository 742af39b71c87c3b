import { addDays, addMonths, dayOfInstant, type Instant, type Month, monthOf } from "../calendar/index.ts";
import type { BudgetPeriod } from "./budget.ts";

const MONTHS = { month: 1, quarter: 3 } as const satisfies Record<BudgetPeriod, number>;

/** The months of the period that begins with a month. */
export const monthsOfPeriod = (period: BudgetPeriod, start: Month): readonly Month[] =>
  Array.from({ length: MONTHS[period] }, (_, at) => addMonths(start, at));

/** The first month of the period that contains a month. */
export const periodStartOf = (period: BudgetPeriod, month: Month): Month =>
  addMonths(month, -((Number(month.slice(5)) - 1) % MONTHS[period]));

/** The first month of the period before. */
export const periodBefore = (period: BudgetPeriod, start: Month): Month => addMonths(start, -MONTHS[period]);

/**
 * The month whose costs are known at a time: that of the day before. On the 1st nothing of the new month can be published,
 * so the budget is still that of the month before.
 */
export const currentMonth = (at: Instant): Month => monthOf(addDays(dayOfInstant(at), -1));
