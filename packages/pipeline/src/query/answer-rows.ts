import type {
  ChargeTypeCost,
  OfDay,
  ServiceUsage,
  WorkloadCost,
  WorkloadUsage,
} from "@dapanoskop/core/ledger";
import { add, type Money, zero } from "@dapanoskop/core/money";
import { type CostAnswer, type CostRow, CostSourceError } from "@dapanoskop/core/source";

export function totalOf(rows: readonly CostRow[], currency: string): Money {
  return rows.reduce((total, { cost }) => add(total, cost), zero(currency));
}

/**
 * The one currency of several answers; answers without any amount are in US dollars, as AWS's own empty answers are.
 * @throws CostSourceError `currency` when there are two
 */
export function currencyOf(answers: readonly CostAnswer[]): string {
  const currencies = new Set(answers.flatMap(({ rows }) => rows.map(({ cost }) => cost.currency)));
  if (currencies.size > 1) {
    throw new CostSourceError(
      "currency",
      null,
      `The bill has amounts in ${[...currencies].sort().join(" and ")}. One deployment reads one currency: collect the ` +
        "accounts of each currency into a store of their own.",
    );
  }
  return [...currencies][0] ?? "USD";
}

/** A row of the workload × cost center answer, which has no second key where there is no cost category. */
export function workloadCost({
  day,
  keys: [workload = null, costCenter = null],
  cost,
}: CostRow): WorkloadCost & OfDay {
  return { day, workload, costCenter, cost };
}

export function serviceUsage({
  day,
  keys: [service, usageType],
  cost,
  quantity,
}: CostRow): ServiceUsage & OfDay {
  return { day, service: service ?? "", usageType: usageType ?? "", cost, quantity };
}

export function workloadUsage({
  keys: [workload = null, usageType],
  cost,
  quantity,
}: CostRow): WorkloadUsage {
  return { workload, usageType: usageType ?? "", cost, quantity };
}

export function chargeTypeCost({
  day,
  keys: [workload = null, chargeType],
  cost,
}: CostRow): ChargeTypeCost & OfDay {
  return { day, workload, chargeType: chargeType ?? "", cost };
}
