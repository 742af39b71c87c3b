import { addDays, type Day } from "@dapanoskop/core/calendar";
import { type Money, magnitude, moneyText, subtract, sum } from "@dapanoskop/core/money";
import type { ForecastQuery } from "@dapanoskop/core/source";
import type { Forecast } from "./answer-schema.ts";
import { type Inquiry, protocolError } from "./inquiry.ts";
import type { ReadCost } from "./one-currency.ts";

/** Half a cent, in units of 10^-12: what AWS's own rounding of total and days may differ by. */
const ROUNDING = 5_000_000_000n;

/**
 * The sum of a forecast's days, checked against the total that comes with them; `null` when no day was forecast.
 * The days carry no unit of their own: the total's unit is theirs.
 * @throws CostSourceError "protocol" or "currency"
 */
export function forecastTotal(
  { Total, ForecastResultsByTime }: Forecast,
  { window }: ForecastQuery,
  inquiry: Inquiry,
  readCost: ReadCost,
): Money | null {
  if (ForecastResultsByTime.length === 0) return null;
  const total = readCost(Total, inquiry, () => "the total");
  const seen = new Set<Day>();
  const days = ForecastResultsByTime.map(({ TimePeriod: { Start, End }, MeanValue }) => {
    if (End !== addDays(Start, 1) || Start < window.start || End > window.end || seen.has(Start)) {
      throw protocolError(inquiry, `[${Start}, ${End}) is not a day of what was asked, or comes twice.`);
    }
    seen.add(Start);
    return readCost({ Amount: MeanValue, Unit: Total.Unit }, inquiry, () => `the day ${Start}`);
  });
  const whole = sum(days, total.currency);
  if (magnitude(subtract(whole, total).units) > ROUNDING) {
    throw protocolError(
      inquiry,
      `its days add up to ${moneyText(whole)}, but its total is ${moneyText(total)} ${total.currency}.`,
    );
  }
  return whole;
}
