import type { CollectResult, MonthOutcome } from "@dapanoskop/pipeline";
import type { Log, Metric } from "../lambda/index.ts";
import type { CollectError } from "./collect-failure.ts";

/** The requests that a run has made of Cost Explorer so far. */
export type Requests = CollectResult["requests"];

/** Logs the outcome of each month. A quarantined month is logged as an error, because its published figures remain old. */
export function logResult(log: Log, { months, warnings, requests, generation }: CollectResult): void {
  for (const warning of warnings) log.warn(warning);
  for (const month of months) {
    const { period, outcome, why } = month;
    log[levelOf(month)](why ?? `${period} is published.`, { period, outcome });
  }
  log.info(`Collected with ${requestsText(requests)}.`, {
    generation,
    pages: requests.pages,
    other_requests: requests.other,
    price_usd: requests.priceUsd,
  });
}

export function logFailure(log: Log, { message, kind, failure, place }: CollectError): void {
  log.error(message, { error: kind, failure: failure ?? undefined, place: place ?? undefined });
}

/** The figures of a run that ended; `succeeded` is false when it did not finish what the event requires. */
export function resultMetrics(
  { months, requests }: CollectResult,
  succeeded: boolean,
  duration: number,
): readonly Metric[] {
  const count = (is: (month: MonthOutcome) => boolean) => months.filter(is).length;
  return [
    { name: "MonthsPublished", unit: "Count", value: count(({ outcome }) => outcome === "published") },
    { name: "MonthsQuarantined", unit: "Count", value: count(({ outcome }) => outcome === "quarantined") },
    { name: "MonthsSkipped", unit: "Count", value: count((month) => isSkipped(month) && !month.outOfTime) },
    { name: "MonthsLeft", unit: "Count", value: count(({ outOfTime }) => outOfTime === true) },
    ...runMetrics(requests, succeeded, duration),
  ];
}

/** The metrics of every run. A failed run sends no count of months: a zero would end the alarm of a quarantined month. */
export function runMetrics(requests: Requests, succeeded: boolean, duration: number): readonly Metric[] {
  return [
    { name: "CollectSuccess", unit: "Count", value: succeeded ? 1 : 0 },
    { name: "RequestPages", unit: "Count", value: requests.pages },
    { name: "RequestPriceUSD", unit: "None", value: requests.priceUsd },
    { name: "Duration", unit: "Milliseconds", value: Math.round(duration) },
  ];
}

const isSkipped = ({ outcome }: MonthOutcome) => outcome === "skipped";

function levelOf({ outcome, outOfTime }: MonthOutcome): "info" | "warn" | "error" {
  if (outcome === "quarantined" || outcome === "failed") return "error";
  return outOfTime === true ? "warn" : "info";
}

function requestsText({ pages, other, priceUsd }: Requests): string {
  const all = pages + other;
  return `${all} request${all === 1 ? "" : "s"} to Cost Explorer for $${priceUsd.toFixed(2)}`;
}
