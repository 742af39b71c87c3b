import {
  type PeriodBill,
  periodLedger,
  proven,
  type ServiceUsage,
  usageTypeCategories,
  type WorkloadUsage,
} from "../src/ledger/index.ts";
import { parseMoney } from "../src/money/index.ts";
import type { Benchmark } from "./benchmark.ts";

const config = { splitCharges: [], includeEfs: false, includeEbs: false };
const SERVICES = [
  "Amazon Simple Storage Service",
  "Amazon Elastic Compute Cloud - Compute",
  "Amazon DynamoDB",
];

/**
 * Computing and proving a period's ledger at growing numbers of usage rows, against adding up the same rows once: the
 * least that any exact answer costs.
 */
export function ledgerTime(rows: number, rounds = 5): Benchmark {
  const bill = aLargeBill(rows);
  const ours = median(rounds, () => periodLedger(proven(bill), config));
  const other = median(rounds, () => {
    let total = 0n;
    for (const { cost } of bill.usage) total += cost.units;
    for (const { cost } of bill.workloads) total += cost.units;
    return total;
  });
  const perRow = ((ours * 1e6) / rows).toFixed(0);
  return {
    name: `ledger of ${rows.toLocaleString("en")} usage rows`,
    ours,
    other,
    ratio: ours / other,
    note: `against one exact sum of the same rows; ${perRow} ns a row`,
  };
}

/** Workloads × usage types, each pair once, with a service row for each usage type. */
function aLargeBill(rows: number): PeriodBill {
  const types = Math.max(1, Math.round(Math.sqrt(rows) / 3));
  const usage: WorkloadUsage[] = [];
  const perType = new Map<string, bigint>();
  const used = new Map<string, bigint>();
  const perWorkload = new Map<string, bigint>();
  for (let row = 0; row < rows; row++) {
    const usageType = `EUC1-Family:${row % types}`;
    const workload = `workload-${Math.floor(row / types)}`;
    const cost = parseMoney(`${(row * 7919) % 100_000}.${String(row % 1_000_000).padStart(10, "0")}`, "USD");
    const quantity = { units: BigInt(row) * 1_000_000_000n, unit: "Hrs" };
    usage.push({ workload, usageType, cost, quantity });
    used.set(usageType, (used.get(usageType) ?? 0n) + quantity.units);
    perType.set(usageType, (perType.get(usageType) ?? 0n) + cost.units);
    perWorkload.set(workload, (perWorkload.get(workload) ?? 0n) + cost.units);
  }
  const money = (units: bigint) => ({ units, currency: "USD" });
  const services: ServiceUsage[] = [...perType].map(([usageType, units], at) => ({
    service: SERVICES[at % SERVICES.length] ?? "",
    usageType,
    cost: money(units),
    quantity: { units: used.get(usageType) ?? 0n, unit: "Hrs" },
  }));
  return {
    period: "2026-02",
    window: { start: "2026-02-01", end: "2026-03-01" },
    total: money([...perType.values()].reduce((all, units) => all + units, 0n)),
    totalCells: 1,
    estimated: false,
    completeDays: { window: { start: "2026-02-01", end: "2026-03-01" }, services: null },
    workloads: [...perWorkload].map(([workload, units], at) => ({
      workload,
      costCenter: `center-${at % 20}`,
      cost: money(units),
    })),
    services,
    usage,
    usageCells: usage.length,
    usageTypes: usageTypeCategories(services),
    categories: [],
    chargeTypes: services.map(({ cost }) => ({ workload: null, chargeType: "Usage", cost })),
    days: null,
  };
}

function median(rounds: number, work: () => unknown): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}
