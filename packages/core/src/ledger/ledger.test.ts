import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  displayedParts,
  type Money,
  moneyText,
  parseMoney,
  rounded,
  subtract,
  sum,
} from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import {
  type Allocation,
  allocationOf,
  categoryQueries,
  costByCostCenter,
  costByWorkload,
  isEmpty,
  type PeriodBill,
  periodLedger,
  proven,
  ReconciliationError,
  rowsOf,
  type ServiceUsage,
  spanLedger,
  split,
  taggingCoverage,
  usageTypeCategories,
  type WorkloadCost,
} from "./index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const cost = (workload: string | null, costCenter: string | null, amount: string): WorkloadCost => ({
  workload,
  costCenter,
  cost: usd(amount),
});
const texts = (costs: ReadonlyMap<string | null, Money>) =>
  new Map([...costs].map(([key, money]) => [key, moneyText(money)]));
const everything = (allocation: Allocation) =>
  sum(
    [...rowsOf(allocation)].map((row) => row.cost),
    "USD",
  );

describe("cost centers", () => {
  it("contain a workload once for each center that it has cost in", () => {
    const allocation = allocationOf([cost("web", "A", "70"), cost("web", "B", "30")]);
    expect(texts(costByCostCenter(allocation))).toEqual(
      new Map([
        ["A", "70"],
        ["B", "30"],
      ]),
    );
    expect(texts(costByWorkload(allocation))).toEqual(new Map([["web", "100"]]));
  });

  it("are listed when all they have is untagged, and uncategorized spend is listed too", () => {
    const allocation = allocationOf([cost(null, "A", "5"), cost("web", null, "1"), cost(null, null, "2")]);
    expect(texts(costByCostCenter(allocation))).toEqual(
      new Map([
        ["A", "5"],
        [null, "3"],
      ]),
    );
  });

  it("keep workloads of any name apart, the hostile ones too", () => {
    const names = [
      "__proto__",
      "constructor",
      "toString",
      "",
      "<img onerror=alert(1)>",
      "\u0000\u0000",
      "x".repeat(10_240),
    ];
    const allocation = allocationOf(names.map((name) => cost(name, "A", "0.01")));
    expect([...costByWorkload(allocation).keys()]).toEqual(names);
    expect(moneyText(everything(allocation))).toBe("0.07");
  });

  it("lose nothing: the parts sum to the whole", () => {
    fc.assert(
      fc.property(fc.array(anyCost), (rows) => {
        const whole = sum(
          rows.map((row) => row.cost),
          "USD",
        );
        const allocation = allocationOf(rows);
        expect(sum(costByCostCenter(allocation).values(), "USD")).toEqual(whole);
        expect(sum(costByWorkload(allocation).values(), "USD")).toEqual(whole);
      }),
    );
  });
});

describe("split charges", () => {
  const rule = (
    source: string | null,
    targets: readonly string[],
    method: SplitCharge["method"],
  ): SplitCharge => ({
    source,
    targets,
    method,
  });
  const even = { kind: "even" } as const;
  const proportional = { kind: "proportional" } as const;

  it("go by the targets' own cost: 100 over 300 and 100 makes 375 and 125, and the source is listed at 0", () => {
    const direct = allocationOf([cost("s", "Shared", "100"), cost("a", "A", "300"), cost("b", "B", "100")]);
    const after = split(direct, [rule("Shared", ["A", "B"], proportional)]);
    expect(texts(costByCostCenter(after))).toEqual(
      new Map([
        ["Shared", "0"],
        ["A", "375"],
        ["B", "125"],
      ]),
    );
    expect(moneyText(after.get("A")?.get("s") ?? usd("0"))).toBe("75");
  });

  it("go evenly to targets without spend of their own too: 33.34, 33.33, 33.33 at display, exact inside", () => {
    const direct = allocationOf([cost("s", "Shared", "100")]);
    const centers = costByCostCenter(split(direct, [rule("Shared", ["A", "B", "C"], even)]));
    const shares = ["A", "B", "C"].map((name) => centers.get(name) ?? usd("0"));
    expect(displayedParts(10_000n, shares)).toEqual([3334n, 3333n, 3333n]);
    expect(sum(shares, "USD")).toEqual(usd("100"));
  });

  it("go by percentages in the targets' order", () => {
    const direct = allocationOf([cost("s", "Shared", "10"), cost("a", "A", "1")]);
    const fixed = rule("Shared", ["C", "A", "B"], { kind: "fixed", percentages: ["15", "20", "65"] });
    const centers = texts(costByCostCenter(split(direct, [fixed])));
    expect(centers).toEqual(
      new Map([
        ["Shared", "0"],
        ["A", "3"],
        ["C", "1.5"],
        ["B", "6.5"],
      ]),
    );
  });

  it("may come from what has no category", () => {
    const direct = allocationOf([cost(null, null, "8"), cost("a", "A", "2")]);
    expect(texts(costByCostCenter(split(direct, [rule(null, ["A"], even)])))).toEqual(
      new Map([
        [null, "0"],
        ["A", "10"],
      ]),
    );
  });

  it("happen once for a source with two rules: the first rule applies", () => {
    const direct = allocationOf([cost("s", "Shared", "10"), cost("t", "Other", "4")]);
    const rules = [
      rule("Shared", ["A"], even),
      rule("Shared", ["B"], even),
      rule("Other", ["B"], even),
      rule("Shared", ["C"], proportional),
    ];
    expect(texts(costByCostCenter(split(direct, rules)))).toEqual(
      new Map([
        ["Shared", "0"],
        ["Other", "0"],
        ["A", "10"],
        ["B", "4"],
      ]),
    );
  });

  it("leave the cost where it is where a rule has no targets", () => {
    const direct = allocationOf([cost("s", "Shared", "10")]);
    expect(texts(costByCostCenter(split(direct, [rule("Shared", [], even)])))).toEqual(
      new Map([["Shared", "10"]]),
    );
  });

  it("fall back to equal shares where no target has a cost to go by", () => {
    const direct = allocationOf([cost("s", "Shared", "4"), cost("a", "A", "-2")]);
    const centers = texts(costByCostCenter(split(direct, [rule("Shared", ["A", "B"], proportional)])));
    expect(centers).toEqual(
      new Map([
        ["Shared", "0"],
        ["A", "0"],
        ["B", "2"],
      ]),
    );
  });

  it("read the costs before any split, so their order does not matter, and lose nothing", () => {
    const names = ["A", "B", "C", "D"];
    const method = fc.oneof(
      fc.constant(even),
      fc.constant(proportional),
      fc.constant({ kind: "fixed", percentages: ["12.5", "37.5", "50"] } as const),
    );
    const rules = fc
      .tuple(method, method)
      .map(([first, second]): SplitCharge[] => [
        rule("A", ["B", "C", "D"], first),
        rule(null, ["D", "A", "C"], second),
      ]);
    fc.assert(
      fc.property(fc.array(anyCostIn(names)), rules, (rows, both) => {
        const direct = allocationOf(rows);
        const after = split(direct, both);
        expect(everything(after)).toEqual(everything(direct));
        const sorted = (allocation: Allocation) => [...texts(costByCostCenter(allocation))].sort();
        expect(sorted(split(direct, [...both].reverse()))).toEqual(sorted(after));
        // A split moves a workload's cost between centers; what the workload costs stays.
        expect(costByWorkload(after)).toEqual(costByWorkload(direct));
      }),
    );
  });
});

describe("tagging coverage", () => {
  const row = (workload: string | null, chargeType: string, amount: string) => ({
    workload,
    chargeType,
    cost: usd(amount),
  });
  const coverageOf = (rows: readonly ReturnType<typeof row>[]) =>
    taggingCoverage(
      rows,
      sum(
        rows.map(({ cost }) => cost),
        "USD",
      ),
    );
  const amountsOf = (rows: readonly ReturnType<typeof row>[]) => {
    const { tagged, untagged, untaggable } = coverageOf(rows);
    return [tagged, untagged, untaggable].map((money) => moneyText(money));
  };

  it("is 93.3 % of 14,000 tagged and 1,000 untagged", () => {
    const rows = [row("web", "Usage", "14000"), row(null, "Usage", "1000")];
    expect(coverageOf(rows).percentage).toBe(93.3);
  });

  it("leaves out what cannot carry a tag, and gives its amount", () => {
    const rows = [
      row("web", "Usage", "14000"),
      row(null, "Usage", "1000"),
      row(null, "Tax", "300"),
      row(null, "Support", "1000"),
      row(null, "Credit", "-5000"),
    ];
    expect(amountsOf(rows)).toEqual(["14000", "1000", "-3700"]);
    expect(coverageOf(rows).percentage).toBe(93.3);
  });

  it.each([
    "Tax",
    "Credit",
    "Refund",
    "Support",
    "Fee",
    "RIFee",
    "Recurring reservation fee",
    "Upfront reservation fee",
    "Upfront",
    "SavingsPlanRecurringFee",
    "Out-Of-Cycle",
    "Enterprise Discount Program Credit",
  ])("counts %s as charged to the account, whether or not it carries a tag", (chargeType) => {
    for (const workload of [null, "web"]) {
      const rows = [row("web", "Usage", "60"), row(null, "Usage", "40"), row(workload, chargeType, "7")];
      expect(amountsOf(rows)).toEqual(["60", "40", "7"]);
    }
  });

  it.each([
    "Usage",
    "DiscountedUsage",
    "SavingsPlanCoveredUsage",
    "SavingsPlanNegation",
    "Bundled Discount",
    "EdpDiscount",
  ])("counts %s, which follows a resource, by its tag", (chargeType) => {
    const usage = [row("web", "Usage", "60"), row(null, "Usage", "40")];
    expect(amountsOf([...usage, row(null, chargeType, "7")])).toEqual(["60", "47", "0"]);
    expect(amountsOf([...usage, row("web", chargeType, "-7")])).toEqual(["53", "40", "0"]);
  });

  it("has a side below zero where its charges are, and then more than 100 percent", () => {
    const rows = [row("web", "Usage", "110"), row(null, "BundledDiscount", "-10")];
    expect(amountsOf(rows)).toEqual(["110", "-10", "0"]);
    expect(coverageOf(rows).percentage).toBe(110);
  });

  it("is unknown of nothing, and any credit leaves its percentage as it is", () => {
    expect(coverageOf([]).percentage).toBeNull();
    const chargeType = fc.constantFrom("Usage", "EdpDiscount", "Tax", "Refund");
    const anyRow = fc
      .tuple(fc.constantFrom("web", "api", null), chargeType, amounts)
      .map(([workload, type, cost]) => ({ workload, chargeType: type, cost }));
    fc.assert(
      fc.property(fc.array(anyRow), amounts, (rows, cost) => {
        const credited = [...rows, { workload: "web", chargeType: "Credit", cost }];
        const { tagged, untagged, untaggable, percentage } = coverageOf(credited);
        expect(add(add(tagged, untagged), untaggable)).toEqual(
          sum(
            credited.map((each) => each.cost),
            "USD",
          ),
        );
        expect(percentage).toBe(coverageOf(rows).percentage);
      }),
    );
  });
});

describe("a period", () => {
  it("proves that centers, workloads and usage types sum to the bill's own total", () => {
    const ledger = ledgerOf(aBill({}));
    expect([ledger.total, ledger.sourceTotal].map((money) => moneyText(money))).toEqual(["10", "10"]);
    expect(
      sum(
        ledger.usage.map((row) => row.cost),
        "USD",
      ),
    ).toEqual(usd("10"));
    expect(ledger.residuals).toEqual([]);
  });

  it("is empty only without any group and any total", () => {
    const nothing = { ...aBill({ total: "0" }), workloads: [], services: [], usage: [] };
    expect(isEmpty(nothing)).toBe(true);
    expect(isEmpty({ ...nothing, total: usd("1e-12") })).toBe(false);
    for (const view of ["workloads", "services", "usage"] as const) {
      expect(isEmpty({ ...nothing, [view]: aBill({})[view] })).toBe(false);
    }
  });

  it("publishes what AWS's rounding leaves, by name", () => {
    const { residuals } = ledgerOf(aBill({ total: "10.0000000001" }));
    expect(residuals.map(({ view, difference }) => [view, difference])).toEqual([
      ["cost_centers", -100n],
      ["usage_types", -100n],
      ["services", -100n],
      ["charge_types", -100n],
    ]);
  });

  it("is refused when a page was dropped or doubled", () => {
    for (const total of ["9", "20", "10.01", "10.000001"]) {
      expect(() => ledgerOf(aBill({ total }))).toThrow(ReconciliationError);
    }
    expect(() => ledgerOf(aBill({ total: "9" }))).toThrow(
      "2026-02: the cost centers sum to 10.0000000000 USD, but the bill's own total is 9.0000000000: " +
        "1.0000000000 too much over 1 group. Nothing was published. Run again later",
    );
    expect(() => ledgerOf(aBill({ total: "11" }))).toThrow(": 1.0000000000 too little over 1 group.");
  });

  it("is refused when a page was lost of the answer that separates a type's categories", () => {
    const bill = aBill({});
    const services = [
      { service: "Amazon Nonesuch", usageType: "Shared-Thing", cost: usd("6"), quantity: null },
      { service: "AWS Support (Business)", usageType: "Shared-Thing", cost: usd("4"), quantity: null },
    ];
    const usageTypes = usageTypeCategories(services);
    const usage = [
      { workload: "web", usageType: "Shared-Thing", cost: usd("7"), quantity: null },
      { workload: null, usageType: "Shared-Thing", cost: usd("3"), quantity: null },
    ];
    const [query] = categoryQueries(usageTypes);
    if (query === undefined) throw new Error("no query");
    const parts = [
      { workload: "web", usageType: "Shared-Thing", cost: usd("1.5"), quantity: null },
      { workload: null, usageType: "Shared-Thing", cost: usd("2.5"), quantity: null },
    ];
    const separated = (rows: typeof parts) =>
      ledgerOf({ ...bill, services, usageTypes, usage, categories: [{ query, rows }] });
    expect(separated(parts).usage.map((row) => [row.workload, row.category, moneyText(row.cost)])).toEqual([
      ["web", "Other", "5.5"],
      ["web", "Support", "1.5"],
      [null, "Other", "0.5"],
      [null, "Support", "2.5"],
    ]);
    expect(() => separated(parts.slice(0, 1))).toThrow(/the categories sum to 1\.5.* total is 4\.0/);
  });

  it("is refused when a page was lost whose usage cost nothing", () => {
    const free: ServiceUsage = {
      service: "Amazon Simple Storage Service",
      usageType: "TimedStorage-ByteHrs",
      cost: usd("0"),
      quantity: { units: 5_000n * 10n ** 12n, unit: "GB-Mo" },
    };
    expect(() => ledgerOf(aBill({ free: [free] }))).toThrow(/quantities of "TimedStorage-ByteHrs" differ/);
  });

  it("accepts quantities that differ by what AWS rounds in each group of each day, also near zero", () => {
    const tiny = (units: bigint): ServiceUsage => ({
      service: "Amazon Simple Storage Service",
      usageType: "TimedStorage-ByteHrs",
      cost: usd("0"),
      quantity: { units, unit: "GB-Mo" },
    });
    // A millionth of a unit for each of the 28 days.
    expect(() => ledgerOf(aBill({ free: [tiny(28n * 10n ** 6n)] }))).not.toThrow();
    expect(() => ledgerOf(aBill({ free: [tiny(29n * 10n ** 6n)] }))).toThrow(/quantities of/);
  });

  it("proves the same days of the month before as it proves a month, and names what is left as theirs", () => {
    const [usage] = aBill({}).usage;
    if (usage === undefined) throw new Error("The bill has usage.");
    const less = (text: string) => [{ ...usage, cost: subtract(usage.cost, usd(text)) }];
    expect(() => priorOf({ ...aBill({}), usage: [] })).toThrow(
      /^2026-02: the usage types prior partial sum to 0\.0000000000 USD/,
    );
    expect(() => priorOf({ ...aBill({}), usage: less("0.01") })).toThrow(/0\.0100000000 too little/);
    const { residuals, usage: used } = priorOf({ ...aBill({}), usage: less("0.0000000001") });
    expect(residuals).toEqual([{ view: "usage_types_prior_partial", period: "2026-02", difference: -100n }]);
    expect(used.map(({ category, cost: own }) => [category, own])).toEqual([
      ["Compute", usd("9.9999999999")],
    ]);
  });

  it("keeps workload cost through a move: February in A, March in B", () => {
    const february = ledgerOf(aBill({ center: "A" }));
    const march = ledgerOf(aBill({ center: "B" }));
    expect(rounded(february.allocation.get("A")?.get("web") ?? usd("0"))).toBe(1000n);
    expect(rounded(march.allocation.get("B")?.get("web") ?? usd("0"))).toBe(1000n);
    expect([february.total, march.total]).toEqual([usd("10"), usd("10")]);
  });
});

const config = { splitCharges: [], includeEfs: false, includeEbs: false };
const ledgerOf = (bill: PeriodBill) => periodLedger(proven(bill), config);
const priorOf = (bill: PeriodBill) => spanLedger(proven(bill, "_prior_partial"), config);
const amounts = fc
  .bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
  .map((units): Money<"USD"> => ({ units, currency: "USD" }));
const someName = fc.option(fc.constantFrom("web", "db", "__proto__", "Untagged", ""), { nil: null });
const anyCost = fc.record({ workload: someName, costCenter: someName, cost: amounts });

function anyCostIn(centers: readonly string[]) {
  const center = fc.option(fc.constantFrom(...centers), { nil: null });
  return fc.record({ workload: someName, costCenter: center, cost: amounts });
}

function aBill({
  total = "10",
  center = "A",
  free = [],
}: {
  total?: string;
  center?: string;
  free?: readonly ServiceUsage[];
}): PeriodBill {
  const usage = {
    usageType: "BoxUsage:m5.large",
    cost: usd("10"),
    quantity: { units: 10n ** 14n, unit: "Hrs" },
  };
  const services = [{ service: "Amazon Elastic Compute Cloud - Compute", ...usage }, ...free];
  return {
    period: "2026-02",
    window: { start: "2026-02-01", end: "2026-03-01" },
    total: usd(total),
    totalCells: 1,
    estimated: false,
    completeDays: { window: { start: "2026-02-01", end: "2026-03-01" }, services: null },
    workloads: [cost("web", center, "10")],
    services,
    usage: [{ workload: "web", ...usage }],
    usageCells: 1,
    usageTypes: usageTypeCategories(services),
    categories: [],
    chargeTypes: [{ workload: "web", chargeType: "Usage", cost: usd("10") }],
    days: null,
  };
}
