import { addMonths, daysInMonth, monthsFrom } from "@dapanoskop/core/calendar";
import type { Bill, Charge } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { appOf, centerOf, costBy, monthOfCharge, quantityBy } from "./bill-figures.ts";
import { demoCompany } from "./demo-company.ts";

const bill = demoCompany({ at: "2026-03-08T06:00:00Z" });
const dayOf = ({ day }: Charge) => day;
const of =
  (app: string, usageType = "") =>
  (charge: Charge) =>
    appOf(charge) === app && charge.usageType.includes(usageType);

/** A workload's cost per day of a month: months differ in length. */
const perDay = (from: Bill, app: string) => {
  const costs = costBy(from, monthOfCharge, of(app));
  return (month: string) => (costs.get(month) ?? 0) / daysInMonth(month);
};

describe("the demo company's bill in March 2026", () => {
  it("has a cost of ml-training in February above 1.5 times December's and twice November's", () => {
    const cost = perDay(bill, "ml-training");
    expect(cost("2026-02") / cost("2025-12")).toBeGreaterThan(1.5);
    expect(cost("2026-02") / cost("2025-11")).toBeGreaterThan(2);
  });

  it("has a cost of backups that rises by more than 5% each month", () => {
    const cost = perDay(bill, "backups");
    for (const month of ["2025-12", "2026-01", "2026-02"]) {
      expect(cost(month) / cost(addMonths(month, -1)), month).toBeGreaterThan(1.05);
    }
  });

  it("has a cost of the rightsized web servers that falls by more than 15% in February", () => {
    const cost = perDay(bill, "storefront-web");
    expect(cost("2026-02") / cost("2026-01")).toBeLessThan(0.85);
  });

  it("has credits from November to February, and none in March", () => {
    const credits = costBy(bill, monthOfCharge, ({ chargeType }) => chargeType === "Credit");
    expect([...credits.keys()].filter((month) => month >= "2025-03")).toEqual([
      "2025-11",
      "2025-12",
      "2026-01",
      "2026-02",
    ]);
  });

  it("has recommendations in Machine Learning in January and in the Data Platform in February", () => {
    const centers = (month: string) => [
      ...costBy(
        bill,
        centerOf,
        (charge) => of("recommendations")(charge) && monthOfCharge(charge) === month,
      ).keys(),
    ];
    expect(centers("2026-01")).toEqual(["Machine Learning"]);
    expect(centers("2026-02")).toEqual(["Data Platform"]);
  });
});

describe("the demo company's history", () => {
  it("contains credits of exactly $15,000 for each seed, and none afterwards", () => {
    for (const seed of [1, "x"]) {
      const company = demoCompany({ seed, at: "2030-04-01", months: 6 });
      const credits = costBy(company, dayOf, ({ chargeType }) => chargeType === "Credit");
      const days = [...credits.keys()].sort();
      expect([...credits.values()].reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(-15_000, 6);
      expect(days[0]).toBe("2029-11-24");
      expect(days.at(-1)?.slice(0, 7)).toBe("2030-02");
      expect(days.length).toBeGreaterThan(70);
    }
  });

  it("contains a migration from Oracle to Aurora: both databases cost money while it lasts", () => {
    const old = costBy(bill, monthOfCharge, of("order-management", "Multi-AZUsage"));
    const fresh = costBy(bill, monthOfCharge, of("order-management", "InstanceUsage:db.r6g"));
    expect(old.get("2025-08")).toBeGreaterThan(1_000);
    expect(fresh.get("2025-08")).toBeUndefined();
    expect(old.get("2025-10")).toBeGreaterThan(100);
    expect(fresh.get("2025-10")).toBeGreaterThan(100);
    expect(old.get("2025-12")).toBeUndefined();
    expect(fresh.get("2025-12")).toBeGreaterThan(700);
  });

  it("contains three incidents a year of three or four days, each above six times the usual cost", () => {
    const runaways = [
      of("checkout-api", "DataProcessing-Bytes"),
      of("etl-nightly", "NatGateway-Bytes"),
      of("ml-training", "EUC1-BoxUsage:p3.2xlarge"),
    ];
    const excessive = runaways.flatMap((matches) => {
      const costs = [...costBy(bill, dayOf, matches)].filter(
        ([day]) => day >= "2025-01-01" && day < "2026-01-01",
      );
      return costs.filter(([, cost], at) => {
        const usual = costs[at < 14 ? at + 14 : at - 14]?.[1] ?? 0;
        return cost > 6 * usual;
      });
    });
    expect(excessive.length).toBeGreaterThanOrEqual(3 * 3 - 3); // the first day has half of the excess
    expect(excessive.length).toBeLessThanOrEqual(3 * 4);
    expect(Math.max(...excessive.map(([, cost]) => cost))).toBeGreaterThan(300);
  });

  it("contains a move of bytes from Standard to Intelligent-Tiering, with fees for early deletion", () => {
    const stored = (tier: string) => quantityBy(bill, monthOfCharge, of("data-lake", `EUC1-${tier}`));
    const standard = stored("TimedStorage-ByteHrs");
    const frequent = stored("TimedStorage-INT-FA");
    expect((standard.get("2025-11") ?? 0) / (standard.get("2025-07") ?? 0)).toBeLessThan(0.4);
    expect((frequent.get("2025-11") ?? 0) / (frequent.get("2025-07") ?? 0)).toBeGreaterThan(1.5);
    expect([...stored("EarlyDelete").keys()].filter((month) => month > "2025-01")).toEqual([
      "2025-08",
      "2025-09",
      "2025-10",
    ]);
  });

  it("contains a move of volumes from gp2 to gp3, which has charges for throughput and operations", () => {
    const share = (month: string) => {
      const matches = (type: string) => (charge: Charge) =>
        charge.usageType.endsWith(type) && appOf(charge) !== null && monthOfCharge(charge) === month;
      const gib = (type: string) => quantityBy(bill, monthOfCharge, matches(type)).get(month) ?? 0;
      return gib("VolumeUsage.gp3") / (gib("VolumeUsage.gp2") + gib("VolumeUsage.gp3"));
    };
    expect(share("2025-04")).toBeLessThan(0.3);
    expect(share("2025-07")).toBeGreaterThan(0.85);
    const extras = new Set(
      bill.charges.map(({ usageType }) => usageType).filter((type) => type.endsWith(".gp3")),
    );
    expect(extras).toContain("EUC1-EBS:VolumeP-IOPS.gp3");
    expect(extras).toContain("EUC1-EBS:VolumeP-Throughput.gp3");
  });

  it("has the highest costs of the shop before Christmas", () => {
    const cost = perDay(bill, "cart");
    for (const year of [2024, 2025]) {
      expect(cost(`${year}-12`) / cost(`${year}-08`)).toBeGreaterThan(1.2);
      expect(cost(`${year}-11`) / cost(`${year}-10`)).toBeGreaterThan(1.12);
    }
  });

  it("has low costs of office workloads on weekends, but not of the shop", () => {
    const share = (app: string, usageType: string) => {
      const costs = [...costBy(bill, dayOf, of(app, usageType))];
      const weekend = costs.filter(([day]) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
      const sum = (some: typeof costs) => some.reduce((total, [, cost]) => total + cost, 0);
      return sum(weekend) / sum(costs);
    };
    expect(share("dwh", "DataScannedInTB")).toBeLessThan(0.15);
    expect(share("cart", "Request")).toBeGreaterThan(2 / 7);
  });

  it("charges hosted zones only on the first of a month", () => {
    const days = costBy(bill, dayOf, ({ usageType }) => usageType === "HostedZone");
    expect([...days.keys()].every((day) => day.endsWith("-01"))).toBe(true);
    expect(days.size).toBe(27);
  });

  it("contains a notable rise and a notable fall in any three closed months", () => {
    const company = demoCompany({ seed: "any", at: "2021-06-01", months: 27 });
    const costs = [...new Set(company.charges.map(appOf))]
      .filter((app) => app !== null)
      .map((app) => perDay(company, app));
    // Notable: more than a twelfth of the workload's cost, and more than $250 a month.
    const isNotable = (month: string, sign: 1 | -1) =>
      costs.some((cost) => {
        const [before, now] = [cost(addMonths(month, -1)), cost(month)];
        return sign * (now - before) * 30 > 250 && (sign * (now - before)) / before > 1 / 12;
      });
    const missing = monthsFrom("2019-06", "2021-05").flatMap((month) => {
      const three = [month, addMonths(month, -1), addMonths(month, -2)];
      return ([1, -1] as const)
        .filter((sign) => !three.some((each) => isNotable(each, sign)))
        .map((sign) => `${sign > 0 ? "no rise" : "no fall"} by ${month}`);
    });
    expect(missing).toEqual([]);
  });
});
