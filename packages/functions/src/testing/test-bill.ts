import { addDays, type Day } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import type { Bill, Charge } from "@dapanoskop/core/source";

/** A dollar of object storage a day for each workload, from `from` up to `to`, which is not included. */
export function aBill(from: Day, to: Day, workloads: readonly string[] = ["web", "api", "batch"]): Bill {
  const charges: Charge[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    for (const workload of workloads) {
      charges.push({
        day,
        service: "Amazon Simple Storage Service",
        usageType: "TimedStorage-ByteHrs",
        chargeType: "Usage",
        dimensions: { linkedAccount: "111122223333" },
        tags: new Map([["App", workload]]),
        costCategories: new Map([["CostCenter", "A"]]),
        cost: parseMoney("1", "USD"),
        quantity: { units: 10n ** 13n, unit: "GB-Mo" },
      });
    }
  }
  return { currency: "USD", charges, costCategories: [{ name: "CostCenter", splitCharges: [] }] };
}
