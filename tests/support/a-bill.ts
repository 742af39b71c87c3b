import { addDays, type Day } from "@dapanoskop/core/calendar";
import { parseDecimal, parseMoney } from "@dapanoskop/core/money";
import type { Bill, Charge } from "@dapanoskop/core/source";

/** A charge with defaults: S3 Standard for a dollar, of workload `web` in center `A`. */
export function aCharge(
  day: Day,
  own: Partial<Pick<Charge, "service" | "usageType" | "chargeType">> & {
    readonly cost?: string;
    readonly quantity?: readonly [amount: string, unit: string] | null;
    readonly app?: string | null;
    readonly center?: string | null;
  } = {},
): Charge {
  const { cost = "1", quantity = ["10", "GB-Mo"], app = "web", center = "A", ...rest } = own;
  return {
    day,
    service: "Amazon Simple Storage Service",
    usageType: "TimedStorage-ByteHrs",
    chargeType: "Usage",
    dimensions: {},
    ...rest,
    tags: new Map(app === null ? [] : [["App", app]]),
    costCategories: new Map(center === null ? [] : [["CostCenter", center]]),
    cost: parseMoney(cost, "USD"),
    quantity: quantity === null ? null : { units: parseDecimal(quantity[0], 12), unit: quantity[1] },
  };
}

export const aBill = (charges: readonly Charge[]): Bill => ({
  currency: "USD",
  charges,
  costCategories: [{ name: "CostCenter", splitCharges: [] }],
});

/** A small company's charges of every day from `from` up to `to`: four workloads, two centers, tax and a credit. */
export function smallCompany(from: Day, to: Day): Bill {
  const charges: Charge[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const hours = { usageType: "EUC1-BoxUsage:m6i.large", quantity: ["24", "Hrs"] } as const;
    const compute = { ...hours, service: "Amazon Elastic Compute Cloud - Compute" };
    charges.push(
      aCharge(day, { app: "web", center: "A", cost: "1.0000000001", ...compute }),
      aCharge(day, { app: "web", center: "B", cost: "0.3333333333", ...compute }),
      aCharge(day, { app: "api", center: "A", cost: "2.5" }),
      aCharge(day, {
        app: "batch",
        center: "B",
        cost: "0.0700000003",
        service: "AWS Lambda",
        usageType: "Lambda-GB-Second",
        quantity: ["700", "Lambda-GB-Second"],
      }),
      aCharge(day, { app: null, center: null, cost: "0.11", usageType: "EUC1-TimedStorage-SIA-ByteHrs" }),
    );
    if (!day.endsWith("-01")) continue;
    const whole = { app: null, center: null, quantity: null, usageType: "NoUsageType" };
    charges.push(
      aCharge(day, { ...whole, service: "Tax", chargeType: "Tax", cost: "9.87" }),
      aCharge(day, { ...whole, service: "AWS Lambda", chargeType: "Credit", cost: "-1.5" }),
    );
  }
  return aBill(charges);
}
