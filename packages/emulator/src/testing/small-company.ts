import { addDays, type Day } from "@dapanoskop/core/calendar";
import { parseMoney } from "@dapanoskop/core/money";
import { type Bill, type BillSource, billSource, type Charge } from "@dapanoskop/core/source";

/** The event's time of these tests: Sunday, March 8, after seven whole days of March. */
export const AT = "2026-03-08T06:00:00Z";

export const usd = (amount: string) => parseMoney(amount, "USD");

export function aCharge(charge: Partial<Charge> & { app?: string; center?: string } = {}): Charge {
  const { app, center, ...rest } = charge;
  return {
    day: "2026-02-03",
    service: "Amazon Elastic Compute Cloud - Compute",
    usageType: "BoxUsage:t3.micro",
    chargeType: "Usage",
    dimensions: { linkedAccount: "111122223333", region: "us-east-1", operation: "RunInstances" },
    tags: new Map(app === undefined ? [] : [["App", app]]),
    costCategories: new Map(center === undefined ? [] : [["CostCenter", center]]),
    cost: usd("1"),
    quantity: { units: 24n * 10n ** 12n, unit: "Hrs" },
    ...rest,
  };
}

export const aSource = (charges: readonly Charge[], bill: Partial<Bill> = {}): BillSource =>
  billSource({ currency: "USD", charges, costCategories: [], ...bill }, { at: AT });

/** Two months and a week of a small company: three workloads, two cost centers, untagged storage, tax on the 1st. */
export function smallCompany(): BillSource {
  const days = Array.from({ length: 80 }, (_, after): Day => addDays("2025-12-18", after));
  const charges = days.flatMap((day) => [
    aCharge({ day, app: "web", center: "A", cost: usd("1.25") }),
    aCharge({ day, app: "web", center: "B", cost: usd("0.0000000001") }),
    aCharge({ day, app: "batch", center: "B", cost: usd("2.5") }),
    aCharge({
      day,
      service: "Amazon Simple Storage Service",
      usageType: "TimedStorage-ByteHrs",
      dimensions: {},
      cost: usd("0.7"),
      quantity: { units: 10n ** 12n, unit: "GB-Mo" },
    }),
    ...(day.endsWith("-01")
      ? [
          aCharge({
            day,
            service: "Tax",
            usageType: "NoUsageType",
            chargeType: "Tax",
            dimensions: {},
            cost: usd("9"),
            quantity: null,
          }),
        ]
      : []),
  ]);
  return aSource(charges, {
    costCategories: [
      {
        name: "CostCenter",
        splitCharges: [
          { source: null, targets: ["A", "B"], method: { kind: "fixed", percentages: ["15", "85"] } },
          { source: "A", targets: ["B"], method: { kind: "proportional" } },
        ],
      },
      { name: "Team", splitCharges: [] },
    ],
  });
}
