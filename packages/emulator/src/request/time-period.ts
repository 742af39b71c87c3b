import {
  addDays,
  addMonths,
  type Day,
  dayOfInstant,
  EXTENDED_HISTORY_MONTHS,
  eventMonth,
  firstDay,
  type Instant,
  isDay,
  monthOf,
  oldestMonth,
  type Window,
} from "@dapanoskop/core/calendar";
import type { Granularity } from "@dapanoskop/core/source";
import { missing, notInEnum, validation } from "../protocol/aws-error.ts";
import type { Members } from "../protocol/json.ts";

/** The months of an account's history, including the current one: 14, or 38 with the opt-in to multi-year data. */
export type HistoryMonths = 14 | 38;

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** `DAILY` or `MONTHLY`; `HOURLY` is refused, as AWS refuses it for an account without hourly data. */
export function parseGranularity(request: Members, at: Instant): Granularity {
  const name = request.text("Granularity");
  if (name === null) throw missing("granularity");
  if (name === "HOURLY") throw hourly(request, at);
  if (name !== "DAILY" && name !== "MONTHLY") {
    throw notInEnum(name, "granularity", ["DAILY", "HOURLY", "MONTHLY"]);
  }
  return name;
}

function hourly(request: Members, at: Instant) {
  const start = request.object("TimePeriod")?.text("Start") ?? "";
  if (!TIMESTAMP.test(start)) {
    return validation("Time period is invalid. Valid format is yyyy-MM-ddThh:mm:ssZ.");
  }
  if (start.slice(0, 10) < addDays(dayOfInstant(at), -14)) {
    return validation(
      "Start date is more than 14 days ago for hourly granularity. Please adjust start date as we support only 14 days of data at hourly granularity.",
    );
  }
  return validation("Granularity should be either 'MONTHLY' or 'DAILY'");
}

/** The two days of a request's `TimePeriod`, well-formed, not yet compared. */
function parseInterval(request: Members): Window {
  const interval = request.object("TimePeriod");
  if (interval === null) throw missing("timePeriod");
  const [start, end] = [interval.text("Start"), interval.text("End")];
  const absent = [
    ...(start === null ? ["timePeriod.start"] : []),
    ...(end === null ? ["timePeriod.end"] : []),
  ];
  if (start === null || end === null) throw missing(...absent);
  return { start: dayText(start, "Start"), end: dayText(end, "End") };
}

function dayText(text: string, side: "Start" | "End"): Day {
  if (!isDay(text)) {
    throw validation(`${side} time ${text.slice(0, 40)} is invalid. Valid format is: yyyy-MM-dd.`);
  }
  return text;
}

/**
 * The window of a query about the past, with every rule that AWS has for it.
 * @throws AwsError `ValidationException` with AWS's message
 */
export function parseWindow(
  request: Members,
  granularity: Granularity,
  at: Instant,
  history: HistoryMonths,
): Window {
  const window = parseInterval(request);
  const { start, end } = window;
  if (start >= end) throw validation("Start date (and hour) should be before end date (and hour)");
  if (end > firstDay(addMonths(eventMonth(at), 1))) {
    throw validation("end date past the beginning of next month");
  }
  if (start > dayOfInstant(at)) {
    throw validation(`Start date ${start} should not be after the current date ${dayOfInstant(at)}`);
  }
  if (start < firstDay(oldestMonth(at))) checkBeyond14Months(start, granularity, at, history);
  return window;
}

function checkBeyond14Months(
  start: Day,
  granularity: Granularity,
  at: Instant,
  history: HistoryMonths,
): void {
  if (history === 14) throw validation("You haven't enabled historical data beyond 14 months.");
  if (start < firstDay(addMonths(eventMonth(at), -EXTENDED_HISTORY_MONTHS))) {
    throw validation("Historical data beyond 38 months is not available, 14 months at daily granularity.");
  }
  if (start !== firstDay(monthOf(start))) {
    throw validation(
      "To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
    );
  }
  if (granularity !== "MONTHLY") {
    throw validation(
      "start date is too old for daily granularity, max months for data available is 14 months",
    );
  }
}

/** The window of a forecast: from yesterday or today, up to three months ahead by days, 18 by months. */
export function parseForecastWindow(request: Members, granularity: Granularity, at: Instant): Window {
  const { start, end } = parseInterval(request);
  const today = dayOfInstant(at);
  if (start >= end) throw validation(`Requested Start: ${start} must be before requested End: ${end}`);
  const earliest = addDays(today, -1);
  if (start < earliest) throw validation(`Earliest supported Start is ${earliest}`);
  if (start > today) {
    throw validation(`Start date ${start} should be equal to or no later than the current date ${today}`);
  }
  const latest = monthsAhead(today, granularity === "DAILY" ? 3 : 18);
  if (end > latest) throw validation(`Latest supported End is ${latest}`);
  return { start, end };
}

/** The first day after the month that is `months` ahead: the end is not part of a window. */
const monthsAhead = (day: Day, months: number): Day => firstDay(addMonths(monthOf(day), months + 1));
