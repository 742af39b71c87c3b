import type { Day, Month } from "@dapanoskop/core/calendar";
import { isEmpty } from "@dapanoskop/core/ledger";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import type { CollectionPlan, PlanStep } from "../plan/index.ts";
import { type Answers, noAnswers, withAnswers } from "./answers.ts";
import { queryForecast } from "./query-forecast.ts";
import { queryProven } from "./query-proven.ts";

/**
 * Makes the queries of a plan, in its order, until all are answered or the run's time ends.
 * @throws CostSourceError when a failure other than time, missing data or history stops the run
 * @throws ReconciliationError when the answers about a period contradict each other twice
 */
export async function queryPlan(
  plan: CollectionPlan,
  source: CostSource,
  progress: (sentence: string) => void,
): Promise<Answers> {
  let answers = noAnswers;
  try {
    for (const step of plan.steps) {
      if (isNeeded(step, answers)) {
        progress(progressOf(step));
        answers = withAnswers(answers, await queryStep(step, answers, plan, source));
      }
    }
  } catch (error) {
    if (!(error instanceof CostSourceError) || error.failure !== "deadline") throw error;
    return withAnswers(answers, { outOfTime: error });
  }
  const incomplete = whyNothingIsKnown(plan, answers);
  if (incomplete !== null) throw incomplete;
  return answers;
}

/** Why no month can be published where the metric is not complete in any of them; `null` where a month is known. */
function whyNothingIsKnown({ months }: CollectionPlan, { refusals }: Answers): CostSourceError | null {
  const reasons = months.map((month) => refusals.get(month));
  if (reasons.includes(undefined)) return null;
  return reasons.find((reason) => reason?.failure === "incomplete") ?? null;
}

async function queryStep(
  step: PlanStep,
  answers: Answers,
  plan: CollectionPlan,
  source: CostSource,
): Promise<Partial<Answers>> {
  const dailyTotals = answers.running?.dailyTotals ?? new Map();
  switch (step.kind) {
    case "months":
      return queryProven(step.batch, plan, source);
    case "comparisons": {
      const { bills, refusals } = await queryProven(step.batch, plan, source);
      return { bills, refusals };
    }
    case "forecast":
      return { forecast: await queryForecast(step.query, completeEndOf(step, answers), dailyTotals, source) };
  }
}

/** The first day of a running month that is not complete. */
const completeEndOf = ({ month, query }: PlanStep & { readonly kind: "forecast" }, { bills }: Answers): Day =>
  bills.get(month)?.completeDays.window.end ?? query.window.start;

/** A month without charges needs neither comparisons nor a forecast. */
function isNeeded(step: PlanStep, answers: Answers): boolean {
  switch (step.kind) {
    case "months":
      return true;
    case "comparisons":
      return step.neededFor.some((month) => !isWithoutCharges(month, answers));
    case "forecast":
      return !isWithoutCharges(step.month, answers);
  }
}

function isWithoutCharges(month: Month, { bills, refusals }: Answers): boolean {
  const bill = bills.get(month);
  return refusals.has(month) || (bill !== undefined && isEmpty(bill));
}

function progressOf(step: PlanStep): string {
  if (step.kind === "forecast") return `Querying the forecast of ${step.month}`;
  const { months } = step.batch;
  const span = months.length === 1 ? `${months[0]}` : `${months[0]} to ${months.at(-1)}`;
  return step.kind === "months" ? `Querying ${span}` : `Querying ${span} for comparison`;
}
