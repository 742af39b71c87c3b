import { type CostMetric, costMetrics } from "@dapanoskop/core/source";
import { missing, notInEnum, validation } from "../protocol/aws-error.ts";

/** A metric of GetCostAndUsage, by its name in the response. */
export type UsageMetric = CostMetric | "UsageQuantity" | "NormalizedUsageAmount";

const metrics: readonly UsageMetric[] = [...costMetrics, "UsageQuantity", "NormalizedUsageAmount"];

export const isCostMetric = (metric: UsageMetric): metric is CostMetric =>
  costMetrics.some((name) => name === metric);

/** `UnblendedCost` → `UNBLENDED_COST`: the spelling of forecasts, which GetCostAndUsage accepts as well. */
const upper = (metric: UsageMetric) => metric.replace(/(?!^)[A-Z]/g, "_$&").toUpperCase();

const byName = new Map(
  metrics.flatMap((metric) => [[metric, metric] as const, [upper(metric), metric] as const]),
);

/** The metrics of a GetCostAndUsage, each once. */
export function parseMetrics(names: readonly string[] | null): readonly UsageMetric[] {
  if (names === null) throw missing("metrics");
  if (names.length === 0) throw validation("Metrics is mandatory. At least one metric must be requested.");
  const found = names.map((name) => {
    const metric = byName.get(name);
    if (metric === undefined) {
      throw validation(
        `Metric ${name.slice(0, 100)} is invalid. Valid values are ${metrics.map(upper).join(", ")}.`,
      );
    }
    return metric;
  });
  return [...new Set(found)];
}

/** The metric of a forecast. Usage is forecast by another operation. */
export function parseForecastMetric(name: string): CostMetric {
  const metric = byName.get(name);
  if (metric === undefined || upper(metric) !== name) throw notInEnum(name, "metric", metrics.map(upper));
  if (!isCostMetric(metric)) {
    throw validation(`Metric ${name} is not supported by GetCostForecast. Use GetUsageForecast.`);
  }
  return metric;
}
