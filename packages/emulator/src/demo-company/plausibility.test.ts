import { daysInMonth } from "@dapanoskop/core/calendar";
import { isSupportPlan, isTaggable } from "@dapanoskop/core/ledger";
import { decimalText } from "@dapanoskop/core/money";
import type { Charge } from "@dapanoskop/core/source";
import { categorise } from "@dapanoskop/core/usage";
import { describe, expect, it } from "vitest";
import { appOf, centerOf, costBy, distinctBy, monthOfCharge, quantityBy, unitsOf } from "./bill-figures.ts";
import { demoCompany } from "./demo-company.ts";

const bill = demoCompany({ at: "2026-03-08T06:00:00Z" });
const months = [...new Set(bill.charges.map(monthOfCharge))];
const closed = months.filter((month) => month < "2026-03");
const pairOf = ({ service, usageType }: Charge) => `${service}: ${usageType}`;
const february = { ...bill, charges: bill.charges.filter((charge) => monthOfCharge(charge) === "2026-02") };

describe("the demo company's bill", () => {
  it("contains 26 closed months and the running one, in dollars", () => {
    expect([months[0], months.at(-1), months.length]).toEqual(["2024-01", "2026-03", 27]);
    expect(bill.currency).toBe("USD");
    expect(new Set(bill.charges.map(({ cost }) => cost.currency))).toEqual(new Set(["USD"]));
  });

  it("has at most 300 charges a day, so that queries are fast", () => {
    const days = new Map<string, number>();
    for (const { day } of bill.charges) days.set(day, (days.get(day) ?? 0) + 1);
    expect(Math.max(...days.values())).toBeLessThanOrEqual(300);
    expect(bill.charges.length).toBeLessThanOrEqual(260_000);
  });

  it("totals $60,000 to $125,000 a month, from 2018 to 2040", () => {
    for (const [at, seed] of [
      ["2020-01-01", "a"],
      ["2026-03-01", "b"],
      ["2031-09-01", "c"],
      ["2041-01-01", "d"],
    ] as const) {
      for (const [month, cost] of costBy(demoCompany({ at, seed, months: 24 }), monthOfCharge)) {
        expect(cost, month).toBeGreaterThan(60_000);
        expect(cost, month).toBeLessThan(125_000);
      }
    }
  });

  it("has six cost centers, 40 workloads and far more than 15 services in every month", () => {
    const centers = distinctBy(bill, monthOfCharge, centerOf);
    const apps = distinctBy(bill, monthOfCharge, appOf);
    const services = distinctBy(bill, monthOfCharge, ({ service }) => service);
    for (const month of months) {
      expect(centers.get(month)?.size, month).toBe(6 + 1);
      expect(apps.get(month)?.size, month).toBe(40 + 1);
      expect(services.get(month)?.size, month).toBeGreaterThanOrEqual(30);
    }
  });

  it("has spend without a cost center, and untagged spend in each cost center", () => {
    const untagged = costBy(february, centerOf, (charge) => appOf(charge) === null);
    expect(untagged.size).toBe(7);
    expect(Math.min(...untagged.values())).toBeGreaterThan(50);
  });

  it("has 5 to 9 percent of taggable spend untagged", () => {
    const services = new Set(bill.charges.map(({ service }) => service));
    const plans = new Set([...services].filter(isSupportPlan));
    const taggable = ({ service, chargeType }: Charge) => isTaggable(chargeType) && !plans.has(service);
    const all = costBy(bill, monthOfCharge, taggable);
    const untagged = costBy(bill, monthOfCharge, (charge) => appOf(charge) === null && taggable(charge));
    for (const month of months) {
      const share = (untagged.get(month) ?? 0) / (all.get(month) ?? 0);
      expect(share, month).toBeGreaterThan(0.05);
      expect(share, month).toBeLessThan(0.09);
    }
  });

  it("has workloads in two cost centers", () => {
    const double = [...distinctBy(february, appOf, centerOf)].filter(
      ([app, { size }]) => app !== null && size > 1,
    );
    expect(double.map(([app]) => app)).toEqual(
      expect.arrayContaining(["product-search", "data-lake", "ml-inference", "backups"]),
    );
  });

  it("has workload names with special characters", () => {
    const names = new Set(bill.charges.map(appOf));
    for (const name of ["Zoë's Reports", "Cash$Flow", "R&D <prototype>"]) expect(names).toContain(name);
  });

  it("spells usage types with the prefixes of three regions, and of two at once", () => {
    const types = new Set(bill.charges.map(({ usageType }) => usageType));
    for (const type of [
      "EUC1-BoxUsage:m6i.large",
      "EU-BoxUsage:c6i.2xlarge",
      "BoxUsage:m6i.xlarge",
      "USE1-EUC1-AWS-Out-Bytes",
      "EUC1-USE1-AWS-Out-Bytes",
      "eu-central-1-KMS-Keys",
      "USE1-APIRequest",
    ]) {
      expect(types).toContain(type);
    }
  });

  it("has only usage types that are in the category table", () => {
    const pairs = new Map(bill.charges.map((charge) => [pairOf(charge), charge]));
    for (const [pair, { service, usageType }] of pairs) {
      expect(categorise(service, usageType), pair).toMatchObject({ known: true });
    }
  });

  it("has S3's usage type for stored bytes in other services as well", () => {
    const services = distinctBy(
      bill,
      ({ usageType }) => usageType,
      ({ service }) => service,
    );
    expect(services.get("EUC1-TimedStorage-ByteHrs")).toEqual(
      new Set([
        "Amazon Simple Storage Service",
        "Amazon Elastic File System",
        "AmazonCloudWatch",
        "Amazon EC2 Container Registry (ECR)",
        "Amazon DynamoDB",
      ]),
    );
  });

  it("splits the cost of the shared platform in proportion to the spend of the other cost centers", () => {
    expect(bill.costCategories).toEqual([
      {
        name: "CostCenter",
        splitCharges: [
          {
            source: "Shared Platform",
            targets: ["Storefront", "Data Platform", "Machine Learning", "Logistics", "Corporate IT"],
            method: { kind: "proportional" },
          },
        ],
      },
    ]);
  });
});

describe("the demo company's amounts", () => {
  it("have at most ten decimals, as in Cost Explorer's answers", () => {
    const finer = bill.charges.filter(({ cost }) => cost.units % 100n !== 0n);
    expect(finer.map(({ cost }) => decimalText(cost.units, 12))).toEqual([]);
  });

  it("are quantity times price: each usage type has one unit and one price", () => {
    const usage = bill.charges.filter(
      ({ chargeType, service }) => chargeType === "Usage" && !service.startsWith("AWS Support"),
    );
    const known = new Map<string, Charge>();
    const wrong = usage.filter((charge) => {
      const first = known.get(pairOf(charge)) ?? charge;
      known.set(pairOf(charge), first);
      const [a, b] = [charge.quantity, first.quantity];
      return (
        a?.unit !== b?.unit || charge.cost.units * (b?.units ?? 0n) !== first.cost.units * (a?.units ?? 0n)
      );
    });
    expect(wrong.map(pairOf)).toEqual([]);
    expect(usage.every(({ quantity, cost }) => (quantity?.units ?? 0n) > 0n && cost.units > 0n)).toBe(true);
  });

  it("add up to the same total by center, by workload and by service", () => {
    const total = unitsOf(february, () => true);
    for (const keyOf of [centerOf, appOf, ({ service }: Charge) => service]) {
      const keys = [...new Set(february.charges.map(keyOf))];
      const parts = keys.map((key) => unitsOf(february, (charge) => keyOf(charge) === key));
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
    }
  });

  it("of a constant tebibyte are 1,024 GB-Mo in every month, and 256 after 7 of 28 days", () => {
    const tebibyte = (charge: Charge) =>
      appOf(charge) === "file-shares" && charge.usageType === "EUC1-TimedStorage-GIR-ByteHrs";
    const stored = quantityBy(bill, monthOfCharge, tebibyte);
    for (const month of closed) expect(stored.get(month), month).toBe(1_024);
    const week = quantityBy(bill, monthOfCharge, (charge) => tebibyte(charge) && charge.day < "2026-02-08");
    expect(week.get("2026-02")).toBe(256);
  });

  it("include a tax of 8.1 percent of the month, on the first, rounded to a cent", () => {
    const cent = 10n ** 10n;
    const isTax = ({ service }: Charge) => service === "Tax";
    const [tax, ...more] = february.charges.filter(isTax);
    expect(more).toEqual([]);
    expect(tax).toMatchObject({ day: "2026-02-01", usageType: "NoUsageType", chargeType: "Tax" });
    const net = unitsOf(february, (charge) => !isTax(charge));
    const off = (tax?.cost.units ?? 0n) * 1_000n - net * 81n;
    expect(off < 0n ? -off : off).toBeLessThanOrEqual(500n * cent);
    expect((tax?.cost.units ?? 1n) % cent).toBe(0n);
  });

  it("include support by tiers of the month's usage, on the first", () => {
    const isSupport = ({ service }: Charge) => service === "AWS Support (Business)";
    const support = february.charges.filter(isSupport);
    expect(new Set(support.map(({ day }) => day))).toEqual(new Set(["2026-02-01"]));
    const tiers = support.map(({ quantity }) => Number(quantity?.units ?? 0n) / 1e12);
    const usage = unitsOf(
      february,
      (charge) => !isSupport(charge) && !["Tax", "Credit"].includes(charge.chargeType),
    );
    expect(tiers[0]).toBe(10_000);
    expect(tiers.reduce((sum, part) => sum + part, 0)).toBeCloseTo(Number(usage) / 1e12, 1);
    const fee = 1_000 + (tiers[1] ?? 0) * 0.07 + (tiers[2] ?? 0) * 0.05;
    expect(Number(unitsOf(february, isSupport)) / 1e12).toBeCloseTo(fee, 6);
  });

  it("include reservations and a savings plan: amortization moves cost between days, and the month's total is the same", () => {
    const amortized = (charges: readonly Charge[]) =>
      charges.reduce((sum, { cost, costs }) => sum + (costs?.AmortizedCost ?? cost).units, 0n);
    expect(amortized(february.charges)).toBe(unitsOf(february, () => true));
    const onTheFirst = ({ day }: Charge) => day === "2026-02-01";
    expect(amortized(february.charges.filter(onTheFirst))).toBeLessThan(unitsOf(february, onTheFirst));
    expect(new Set(february.charges.map(({ chargeType }) => chargeType))).toEqual(
      new Set([
        "Usage",
        "Tax",
        "Credit",
        "DiscountedUsage",
        "RIFee",
        "SavingsPlanCoveredUsage",
        "SavingsPlanNegation",
        "SavingsPlanRecurringFee",
      ]),
    );
  });

  it("include hours of clusters for every hour of a closed month", () => {
    const clusters = quantityBy(bill, monthOfCharge, ({ usageType }) =>
      usageType.includes("AmazonEKS-Hours"),
    );
    for (const month of closed) expect((clusters.get(month) ?? 0) % (24 * daysInMonth(month)), month).toBe(0);
  });
});
