import { GetCostForecastCommand } from "@aws-sdk/client-cost-explorer";
import { addDays, type Day } from "@dapanoskop/core/calendar";
import { type Money, magnitude, moneyText, subtract, sum } from "@dapanoskop/core/money";
import { CostSourceError, type ForecastQuery } from "@dapanoskop/core/source";
import { ForecastResponse, parseAnswer } from "./answer-schema.ts";
import { FORECAST_METRICS } from "./aws-names.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { timePeriod } from "./cost-request.ts";
import type { ReadCost } from "./one-currency.ts";
import { protocolError, type QueryContext } from "./query-context.ts";
import { scopeMembers } from "./request-scope.ts";

/**
 * The forecast of the days in the window; `null` where Cost Explorer has none.
 * @throws CostSourceError
 */
export async function queryForecast(
  { call, readCost, scope }: CostExplorerConnection,
  { window, metric }: ForecastQuery,
): Promise<Money | null> {
  const context: QueryContext = { operation: "GetCostForecast", window, subject: `DAILY ${metric}` };
  const command = new GetCostForecastCommand({
    TimePeriod: timePeriod(window, context),
    Metric: FORECAST_METRICS[metric],
    // What MONTHLY means for a running month is not documented, so the remaining days are queried one by one.
    Granularity: "DAILY",
    ...scopeMembers(scope),
  });
  try {
    const reply = await call(context, 1, (client, options) => client.send(command, options));
    return forecastTotal(parseAnswer(ForecastResponse, reply, context, 1), context, readCost);
  } catch (error) {
    // An account younger than a billing cycle has no forecast; that is no failure.
    if (error instanceof CostSourceError && error.failure === "data-unavailable") return null;
    throw error;
  }
}

/** Half a cent, in units of 10^-12: what AWS's own rounding of total and days may differ by. */
const ROUNDING = 5_000_000_000n;

/**
 * The sum of a forecast's days, checked against the total that comes with them; `null` when no day was forecast.
 * The days carry no unit of their own: the total's unit is theirs.
 * @throws CostSourceError "protocol" or "currency"
 */
function forecastTotal(
  { Total, ForecastResultsByTime }: ForecastResponse,
  context: QueryContext,
  readCost: ReadCost,
): Money | null {
  if (ForecastResultsByTime.length === 0) return null;
  const total = readCost(Total, context, () => "the total");
  const seen = new Set<Day>();
  const { start = "", end = "" } = context.window ?? {};
  const days = ForecastResultsByTime.map(({ TimePeriod: { Start, End }, MeanValue }) => {
    if (End !== addDays(Start, 1) || Start < start || End > end || seen.has(Start)) {
      throw protocolError(context, `[${Start}, ${End}) is not a day of the query's window, or comes twice.`);
    }
    seen.add(Start);
    return readCost({ Amount: MeanValue, Unit: Total.Unit }, context, () => `the day ${Start}`);
  });
  const whole = sum(days, total.currency);
  if (magnitude(subtract(whole, total).units) > ROUNDING) {
    throw protocolError(
      context,
      `its days add up to ${moneyText(whole)}, but its total is ${moneyText(total)} ${total.currency}.`,
    );
  }
  return whole;
}
