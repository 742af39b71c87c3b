import { describe, expect, it } from "vitest";
import { moneyText, parseMoney } from "../money/index.ts";
import {
  categoryQueries,
  type ServiceUsage,
  unknownUsage,
  usageCosts,
  usageTypeCategories,
} from "./index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const quantity = (count: bigint, unit: string) => ({ units: count * 10n ** 12n, unit });
const service = (name: string, usageType: string, cost: string): ServiceUsage => ({
  service: name,
  usageType,
  cost: usd(cost),
  quantity: null,
});

describe("a workload's usage row", () => {
  it("takes its category from the services that use the type", () => {
    const types = usageTypeCategories([service("AWS Glue", "EU-Catalog-Storage", "3")]);
    expect(categoryQueries(types)).toEqual([]);
    const [row] = usageCosts(
      [{ workload: "web", usageType: "EU-Catalog-Storage", cost: usd("3"), quantity: null }],
      types,
      [],
    );
    expect(row?.category).toBe("Storage");
  });

  it("needs one filtered query more where services of different categories share a type, and then splits", () => {
    const types = usageTypeCategories([
      service("Tax", "NoUsageType", "5"),
      service("Amazon Simple Queue Service", "NoUsageType", "0"),
      service("Amazon Nonesuch", "Shared-Thing", "9"),
      service("AWS Support (Developer)", "Shared-Thing", "1"),
      service("AWS Support (Business)", "Shared-Thing", "2"),
    ]);
    const queries = categoryQueries(types);
    expect(queries).toHaveLength(1);
    const [query] = queries;
    if (query === undefined) throw new Error("no query");
    expect(query.filter).toEqual({
      and: [
        { of: { by: "usageType" }, match: "equals", caseSensitive: true, values: ["Shared-Thing"] },
        {
          of: { by: "service" },
          match: "equals",
          caseSensitive: true,
          values: ["AWS Support (Business)", "AWS Support (Developer)"],
        },
      ],
    });
    const row = {
      workload: "web",
      usageType: "Shared-Thing",
      cost: usd("12"),
      quantity: quantity(10n, "Hrs"),
    };
    const part = {
      workload: "web",
      usageType: "Shared-Thing",
      cost: usd("3"),
      quantity: quantity(4n, "Hrs"),
    };
    const rows = usageCosts([row], types, [{ query, rows: [part] }]);
    expect(rows.map((one) => [one.category, moneyText(one.cost), one.quantity])).toEqual([
      ["Other", "9", quantity(6n, "Hrs")],
      ["Support", "3", quantity(4n, "Hrs")],
    ]);
  });

  it("is separated also where a credit takes back all that one of the services costs", () => {
    const types = usageTypeCategories([
      service("Amazon Nonesuch", "Shared-Thing", "9"),
      service("AWS Support (Business)", "Shared-Thing", "2"),
      service("AWS Support (Business)", "Shared-Thing", "-2"),
    ]);
    expect(categoryQueries(types)).toHaveLength(1);
  });

  it("keeps no quantity where the units were mixed", () => {
    const types = usageTypeCategories([service("Amazon Nonesuch", "T", "9"), service("Tax", "T", "2")]);
    const [query] = categoryQueries(types);
    if (query === undefined) throw new Error("no query");
    const row = { workload: null, usageType: "T", cost: usd("11"), quantity: quantity(10n, "N/A") };
    const part = { workload: null, usageType: "T", cost: usd("2"), quantity: quantity(4n, "Hrs") };
    const [rest, split] = usageCosts([row], types, [{ query, rows: [part] }]);
    expect([rest?.quantity, split?.quantity]).toEqual([null, quantity(4n, "Hrs")]);
  });

  it("is separated by an answer in days as by an answer in months: the days are added, and rounding is no remainder", () => {
    const types = usageTypeCategories([service("Amazon Nonesuch", "T", "9"), service("Tax", "T", "2")]);
    const [query] = categoryQueries(types);
    if (query === undefined) throw new Error("no query");
    const usage = (workload: string, text: string, units: bigint) => ({
      workload,
      usageType: "T",
      cost: usd(text),
      quantity: { units, unit: "Hrs" },
    });
    const third = 333_333_333_300n;
    const rows = usageCosts([usage("all", "1", 10n ** 12n), usage("some", "5", 5n * 10n ** 12n)], types, [
      {
        query,
        rows: [
          ...Array.from({ length: 3 }, () => usage("all", "0.3333333333", third)),
          ...Array.from({ length: 2 }, () => usage("some", "0.5", 5n * 10n ** 11n)),
        ],
      },
    ]);
    expect(rows.map((one) => [one.workload, one.category, moneyText(one.cost), one.quantity])).toEqual([
      ["all", "Support", "1", quantity(1n, "Hrs")],
      ["some", "Other", "4", quantity(4n, "Hrs")],
      ["some", "Support", "1", quantity(1n, "Hrs")],
    ]);
  });

  it("keeps what an answer in months leaves over, however little", () => {
    const types = usageTypeCategories([service("Amazon Nonesuch", "T", "9"), service("Tax", "T", "2")]);
    const [query] = categoryQueries(types);
    if (query === undefined) throw new Error("no query");
    const usage = { workload: "web", usageType: "T", quantity: quantity(1n, "Hrs") };
    const rows = usageCosts([{ ...usage, cost: usd("1.0000000001") }], types, [
      { query, rows: [{ ...usage, cost: usd("1") }] },
    ]);
    expect(rows.map(({ cost }) => moneyText(cost))).toEqual(["0.0000000001", "1"]);
  });
});

describe("what the category table does not contain", () => {
  it("is listed by cost, so that the table can grow", () => {
    const rows = [
      service("Amazon Nonesuch", "EU-Gizmo:small", "1"),
      service("Amazon Nonesuch", "EU-Gizmo:large", "7"),
      service("Tax", "NoUsageType", "9"),
    ];
    expect(unknownUsage(rows).map(({ usageType, cost }) => [usageType, moneyText(cost)])).toEqual([
      ["EU-Gizmo:large", "7"],
      ["EU-Gizmo:small", "1"],
    ]);
  });
});
