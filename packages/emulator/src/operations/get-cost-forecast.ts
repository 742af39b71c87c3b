import { addDays, contains, type Day, type Window } from "@dapanoskop/core/calendar";
import { type Money, parseMoney, sum } from "@dapanoskop/core/money";
import {
  type CostMetric,
  chargePeriods,
  type DayForecast,
  FORECAST_HISTORY_DAYS,
  forecastDays,
} from "@dapanoskop/core/source";
import { constraint, missing, tooLittleHistory, validation } from "../protocol/aws-error.ts";
import type { Members } from "../protocol/json.ts";
import { checkBillingView } from "../request/billing-view.ts";
import { parseExpression } from "../request/expression.ts";
import { parseForecastMetric } from "../request/metrics.ts";
import { parseForecastWindow, parseGranularity } from "../request/time-period.ts";
import { costValue } from "./amounts.ts";
import type { Operation, OperationContext } from "./operation.ts";

/** Computes the forecast from daily costs, because the forecast of a `CostSource` takes no Filter. Both use the same formula. */
export const getCostForecast: Operation = async (request, context) => {
  const required = { TimePeriod: "timePeriod", Metric: "metric", Granularity: "granularity" };
  const absent = Object.entries(required).filter(([member]) => !request.has(member));
  if (absent.length > 0) throw missing(...absent.map(([, at]) => at));
  if (request.text("Granularity") === "HOURLY") {
    throw validation("Granularity should be either 'MONTHLY' or 'DAILY'");
  }
  const granularity = parseGranularity(request, context.bill.at);
  const window = parseForecastWindow(request, granularity, context.bill.at);
  const metric = parseForecastMetric(request.text("Metric") ?? "");
  const level = parseLevel(request);
  const totals = await dailyTotals(request, metric, context);
  const days = forecastDays(totals, window, { knownUntil: knownUntil(totals, context.bill.today) });
  if (days === null) throw tooLittleHistory();

  const whole = total(days, "cost");
  const surplus = context.activeFaults.has("wrong-total") ? parseMoney("1", whole.currency).units : 0n;
  const results = chargePeriods(window, granularity).map((period) => resultOf(period, days, level, context));
  return {
    body: {
      Total: costValue({ ...whole, units: whole.units + surplus }, context),
      ForecastResultsByTime: results,
    },
    entries: results.length,
  };
};

/** The day after the last one with a cost. AWS delivers charges late, so a missing day is not a day without cost. */
function knownUntil(totals: ReadonlyMap<Day, Money>, today: Day): Day {
  const days = [...totals].flatMap(([day, { units }]) => (units === 0n ? [] : [day]));
  const last = days.sort().at(-1);
  return last === undefined ? today : addDays(last, 1);
}

async function dailyTotals(
  request: Members,
  metric: CostMetric,
  { bill }: OperationContext,
): Promise<ReadonlyMap<Day, Money>> {
  checkBillingView(request);
  const filter = request.object("Filter");
  const condition = filter === null ? true : parseExpression(filter);
  if (condition === false) return new Map();
  const { rows } = await bill.query({
    window: { start: addDays(bill.today, -FORECAST_HISTORY_DAYS), end: bill.today },
    granularity: "DAILY",
    metric,
    groupBy: [],
    ...(condition === true ? {} : { filter: condition }),
  });
  return new Map(rows.map(({ day, cost }) => [day, cost]));
}

/** 51 to 99 percent. At any level, the bounds are the minimum and the maximum cost of the same weekdays. */
function parseLevel(request: Members): number | null {
  const level = request.integer("PredictionIntervalLevel");
  if (level !== null && level < 51) {
    throw constraint(
      String(level),
      "predictionIntervalLevel",
      "Member must have value greater than or equal to 51",
    );
  }
  if (level !== null && level > 99) {
    throw constraint(
      String(level),
      "predictionIntervalLevel",
      "Member must have value less than or equal to 99",
    );
  }
  return level;
}

function resultOf(
  period: Window,
  all: readonly DayForecast[],
  level: number | null,
  context: OperationContext,
) {
  const days = all.filter(({ day }) => contains(period, day));
  const amount = (of: "cost" | "low" | "high") => costValue(total(days, of), context).Amount;
  return {
    TimePeriod: { Start: period.start, End: period.end },
    MeanValue: amount("cost"),
    ...(level === null
      ? {}
      : { PredictionIntervalLowerBound: amount("low"), PredictionIntervalUpperBound: amount("high") }),
  };
}

function total(days: readonly DayForecast[], of: "cost" | "low" | "high"): Money {
  return sum(
    days.map((day) => day[of]),
    days[0]?.cost.currency ?? "USD",
  );
}
