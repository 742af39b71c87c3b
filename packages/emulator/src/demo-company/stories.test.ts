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

describe("what a budget owner reads in March 2026", () => {
  it("machine learning trains a model: up by half since December, more than doubled since November", () => {
    const cost = perDay(bill, "ml-training");
    expect(cost("2026-02") / cost("2025-12")).toBeGreaterThan(1.5);
    expect(cost("2026-02") / cost("2025-11")).toBeGreaterThan(2);
  });

  it("backups pile up: more each month", () => {
    const cost = perDay(bill, "backups");
    for (const month of ["2025-12", "2026-01", "2026-02"]) {
      expect(cost(month) / cost(addMonths(month, -1)), month).toBeGreaterThan(1.05);
    }
  });

  it("the web servers are rightsized: down by a sixth in February", () => {
    const cost = perDay(bill, "storefront-web");
    expect(cost("2026-02") / cost("2026-01")).toBeLessThan(0.85);
  });

  it("the credit has run out", () => {
    const credits = costBy(bill, monthOfCharge, ({ chargeType }) => chargeType === "Credit");
    expect([...credits.keys()].filter((month) => month >= "2025-03")).toEqual([
      "2025-11",
      "2025-12",
      "2026-01",
      "2026-02",
    ]);
  });

  it("recommendations has moved from Machine Learning to the Data Platform between January and February", () => {
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

describe("the demo company's stories", () => {
  it("a credit of $15,000 is used up to the cent, whatever the seed, and then it is gone", () => {
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

  it("a database leaves Oracle for Aurora: the old falls, the new rises, both are paid for in between", () => {
    const old = costBy(bill, monthOfCharge, of("order-management", "Multi-AZUsage"));
    const fresh = costBy(bill, monthOfCharge, of("order-management", "InstanceUsage:db.r6g"));
    expect(old.get("2025-08")).toBeGreaterThan(1_000);
    expect(fresh.get("2025-08")).toBeUndefined();
    expect(old.get("2025-10")).toBeGreaterThan(100);
    expect(fresh.get("2025-10")).toBeGreaterThan(100);
    expect(old.get("2025-12")).toBeUndefined();
    expect(fresh.get("2025-12")).toBeGreaterThan(700);
  });

  it("something runs away for three or four days, three times a year, at least to seven times its usual cost", () => {
    const runaways = [
      of("checkout-api", "DataProcessing-Bytes"),
      of("etl-nightly", "NatGateway-Bytes"),
      of("ml-training", "EUC1-BoxUsage:p3.2xlarge"),
    ];
    const wild = runaways.flatMap((fits) => {
      const costs = [...costBy(bill, dayOf, fits)].filter(
        ([day]) => day >= "2025-01-01" && day < "2026-01-01",
      );
      return costs.filter(([, cost], at) => {
        const usual = costs[at < 14 ? at + 14 : at - 14]?.[1] ?? 0;
        return cost > 6 * usual;
      });
    });
    expect(wild.length).toBeGreaterThanOrEqual(3 * 3 - 3); // first days show half of it only
    expect(wild.length).toBeLessThanOrEqual(3 * 4);
    expect(Math.max(...wild.map(([, cost]) => cost))).toBeGreaterThan(300);
  });

  it("stored bytes move tiers: Standard empties into Intelligent-Tiering, and some are deleted too early", () => {
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

  it("volumes move from gp2 to gp3, which brings throughput and operations of its own", () => {
    const share = (month: string) => {
      const fits = (type: string) => (charge: Charge) =>
        charge.usageType.endsWith(type) && appOf(charge) !== null && monthOfCharge(charge) === month;
      const gib = (type: string) => quantityBy(bill, monthOfCharge, fits(type)).get(month) ?? 0;
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

  it("the shop peaks before Christmas", () => {
    const cost = perDay(bill, "cart");
    for (const year of [2024, 2025]) {
      expect(cost(`${year}-12`) / cost(`${year}-08`)).toBeGreaterThan(1.2);
      expect(cost(`${year}-11`) / cost(`${year}-10`)).toBeGreaterThan(1.12);
    }
  });

  it("the office rests on weekends, the shop does not", () => {
    const share = (app: string, usageType: string) => {
      const costs = [...costBy(bill, dayOf, of(app, usageType))];
      const weekend = costs.filter(([day]) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
      const sum = (some: typeof costs) => some.reduce((total, [, cost]) => total + cost, 0);
      return sum(weekend) / sum(costs);
    };
    expect(share("dwh", "DataScannedInTB")).toBeLessThan(0.15);
    expect(share("cart", "Request")).toBeGreaterThan(2 / 7);
  });

  it("hosted zones are charged on the first only", () => {
    const days = costBy(bill, dayOf, ({ usageType }) => usageType === "HostedZone");
    expect([...days.keys()].every((day) => day.endsWith("-01"))).toBe(true);
    expect(days.size).toBe(27);
  });

  it("whenever one looks, the last three closed months hold a rise and a fall that are worth a sentence", () => {
    const company = demoCompany({ seed: "any", at: "2021-06-01", months: 27 });
    const costs = [...new Set(company.charges.map(appOf))]
      .filter((app) => app !== null)
      .map((app) => perDay(company, app));
    // Worth a sentence: a twelfth of a workload, and more than $250 a month.
    const tells = (month: string, sign: 1 | -1) =>
      costs.some((cost) => {
        const [before, now] = [cost(addMonths(month, -1)), cost(month)];
        return sign * (now - before) * 30 > 250 && (sign * (now - before)) / before > 1 / 12;
      });
    const silent = monthsFrom("2019-06", "2021-05").flatMap((month) => {
      const three = [month, addMonths(month, -1), addMonths(month, -2)];
      return ([1, -1] as const)
        .filter((sign) => !three.some((each) => tells(each, sign)))
        .map((sign) => `${sign > 0 ? "no rise" : "no fall"} by ${month}`);
    });
    expect(silent).toEqual([]);
  });
});
