import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, daysIn } from "../calendar/index.ts";
import { type Money, parseMoney, sum } from "../money/index.ts";
import type { Bill, Charge } from "./bill.ts";
import { billSource } from "./bill-source.ts";
import { chargePeriods } from "./charge-periods.ts";
import type { CostQuery, CostRow } from "./cost-source.ts";
import type { CostFilter, CostMatch } from "./filter.ts";
import type { Grouping } from "./grouping.ts";
import { matchesFilter } from "./matching.ts";

const usd = (amount: string) => parseMoney(amount, "USD");
const hours = (units: bigint) => ({ units, unit: "Hrs" });
const EVENT = "2026-03-08T06:00:00Z";
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };
const APP: Grouping = { by: "tag", key: "App" };
const CENTER: Grouping = { by: "costCategory", name: "CostCenter" };

function aCharge(charge: Partial<Charge> & { app?: string; center?: string } = {}): Charge {
  const { app, center, ...rest } = charge;
  return {
    day: "2026-02-03",
    service: "Amazon Elastic Compute Cloud - Compute",
    usageType: "BoxUsage:t3.micro",
    chargeType: "Usage",
    dimensions: {},
    tags: new Map(app === undefined ? [] : [["App", app]]),
    costCategories: new Map(center === undefined ? [] : [["CostCenter", center]]),
    cost: usd("1"),
    quantity: null,
    ...rest,
  };
}

const aBill = (charges: readonly Charge[], bill: Partial<Bill> = {}): Bill => ({
  currency: "USD",
  charges,
  costCategories: [],
  ...bill,
});

function answerOf(charges: readonly Charge[], query: Partial<CostQuery> = {}) {
  return billSource(aBill(charges), { at: EVENT }).query({
    window: FEBRUARY,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [],
    ...query,
  });
}

const daysAndUnits = (rows: readonly CostRow[]) =>
  rows.map(({ day, keys, cost }) => [day, ...keys, cost.units / 10n ** 10n] as const);

describe("a query to a bill", () => {
  it("groups by tag and cost category, none first, and keeps every unit", async () => {
    const { rows } = await answerOf(
      [
        aCharge({ app: "web", center: "A", cost: usd("0.1") }),
        aCharge({ app: "web", center: "A", cost: usd("0.2") }),
        aCharge({ app: "web", center: "B", cost: usd("-0.05") }),
        aCharge({ center: "B", cost: usd("7") }),
      ],
      { groupBy: [APP, CENTER] },
    );
    expect(daysAndUnits(rows)).toEqual([
      ["2026-02-01", null, "B", 700n],
      ["2026-02-01", "web", "A", 30n],
      ["2026-02-01", "web", "B", -5n],
    ]);
  });

  it("reads an empty tag value as no tag, as Cost Explorer reports both as App$", async () => {
    const { rows } = await answerOf([aCharge({ app: "" }), aCharge()], { groupBy: [APP] });
    expect(rows.map(({ keys }) => keys)).toEqual([[null]]);
  });

  it("cuts a window to the day, at both ends", async () => {
    const days = ["2026-02-01", "2026-02-02", "2026-02-07", "2026-02-08"].map((day) => aCharge({ day }));
    const { rows } = await answerOf(days, { window: { start: "2026-02-02", end: "2026-02-08" } });
    expect(daysAndUnits(rows)).toEqual([["2026-02-02", 200n]]);
  });

  it("answers by days and by months, a cut month named by its first day in the window", async () => {
    const charges = [aCharge({ day: "2026-01-20" }), aCharge({ day: "2026-02-03" })];
    const window = { start: "2026-01-15", end: "2026-02-10" };
    expect(daysAndUnits((await answerOf(charges, { window })).rows)).toEqual([
      ["2026-01-15", 100n],
      ["2026-02-01", 100n],
    ]);
    expect(daysAndUnits((await answerOf(charges, { window, granularity: "DAILY" })).rows)).toEqual([
      ["2026-01-20", 100n],
      ["2026-02-03", 100n],
    ]);
  });

  it("does not show what is charged on the event's day or later", async () => {
    const days = ["2026-03-07", "2026-03-08", "2026-03-09"].map((day) => aCharge({ day }));
    const { rows } = await answerOf(days, { window: { start: "2026-03-01", end: "2026-04-01" } });
    expect(daysAndUnits(rows)).toEqual([["2026-03-01", 100n]]);
  });

  it("calls the running month's periods estimates, and no others", async () => {
    const window = { start: "2026-02-27", end: "2026-03-03" };
    expect((await answerOf([], { window, granularity: "DAILY" })).estimated).toEqual([
      "2026-03-01",
      "2026-03-02",
    ]);
    expect((await answerOf([], { window })).estimated).toEqual(["2026-03-01"]);
  });

  it("adds quantities of one unit, calls a mix of units N/A, and has none where the bill has none", async () => {
    const quantityOf = async (...charges: readonly Charge[]) => (await answerOf(charges)).rows[0]?.quantity;
    const gb = { units: 5n, unit: "GB-Mo" };
    expect(await quantityOf(aCharge({ quantity: hours(1n) }), aCharge({ quantity: hours(2n) }))).toEqual(
      hours(3n),
    );
    expect(await quantityOf(aCharge({ quantity: hours(1n) }), aCharge({ quantity: gb }))).toEqual({
      units: 6n,
      unit: "N/A",
    });
    expect(await quantityOf(aCharge({ quantity: hours(1n) }), aCharge())).toEqual(hours(1n));
    expect(await quantityOf(aCharge())).toBeNull();
  });

  it("answers in the metric of the query, with the unblended cost where a charge has no other", async () => {
    const charges = [
      aCharge({ cost: usd("10"), costs: { AmortizedCost: usd("4") } }),
      aCharge({ cost: usd("1") }),
    ];
    expect(daysAndUnits((await answerOf(charges, { metric: "AmortizedCost" })).rows)).toEqual([
      ["2026-02-01", 500n],
    ]);
    expect(daysAndUnits((await answerOf(charges, { metric: "NetUnblendedCost" })).rows)).toEqual([
      ["2026-02-01", 1100n],
    ]);
  });

  it("groups by every dimension of a charge, null where it has none", async () => {
    const charges = [aCharge({ dimensions: { region: "eu-west-1" } }), aCharge({ service: "Tax" })];
    expect((await answerOf(charges, { groupBy: [{ by: "region" }] })).rows.map(({ keys }) => keys)).toEqual([
      [null],
      ["eu-west-1"],
    ]);
    const services = await answerOf(charges, { groupBy: [{ by: "service" }] });
    expect(services.rows.map(({ keys }) => keys[0])).toEqual([
      "Amazon Elastic Compute Cloud - Compute",
      "Tax",
    ]);
  });

  it("keeps hostile names apart, each with its cent", async () => {
    const names = ["__proto__", "constructor", "\u0000", "tag:App", "x".repeat(10_000), "a$b", "\u202e"];
    const { rows } = await answerOf(
      names.map((app) => aCharge({ app, cost: usd("0.01") })),
      { groupBy: [APP] },
    );
    expect(new Set(rows.map(({ keys }) => keys[0]))).toEqual(new Set(names));
    expect(rows.every(({ cost }) => cost.units === usd("0.01").units)).toBe(true);
  });

  it("refuses a third grouping, a window without days, and a charge in a second currency, with a sentence", async () => {
    await expect(answerOf([], { groupBy: [APP, CENTER, { by: "region" }] })).rejects.toThrow(/two groupings/);
    await expect(answerOf([], { window: { start: "2026-02-01", end: "2026-02-01" } })).rejects.toMatchObject({
      failure: "validation",
    });
    await expect(answerOf([], { window: { start: "2026-02-30", end: "2026-03-05" } })).rejects.toThrow(
      /2026-02-30/,
    );
    await expect(answerOf([aCharge({ cost: parseMoney("1", "EUR") })])).rejects.toMatchObject({
      failure: "currency",
    });
  });

  it("does not care in which order the bill lists its charges", async () => {
    const charges = ["2026-02-09", "2026-02-01", "2026-02-05"].map((day, at) =>
      aCharge({ day, app: `app-${at}` }),
    );
    const query = { groupBy: [APP], granularity: "DAILY" } as const;
    expect(await answerOf(charges, query)).toEqual(await answerOf([...charges].reverse(), query));
  });
});

describe("a filter", () => {
  const charges = [
    aCharge({ app: "Web-Shop", cost: usd("1") }),
    aCharge({ app: "web-api", cost: usd("2") }),
    aCharge({ app: "batch", cost: usd("4") }),
    aCharge({ cost: usd("8") }),
    aCharge({ app: "", cost: usd("16") }),
  ];
  const total = async (filter: CostFilter) =>
    Number((await answerOf(charges, { filter })).rows[0]?.cost.units ?? 0n) / 1e12;
  const app = (match: CostMatch["match"], values: readonly string[], caseSensitive = true): CostMatch => ({
    of: APP,
    match,
    values,
    caseSensitive,
  });

  it("applies every kind of match", async () => {
    expect(await total(app("equals", ["web-api", "batch"]))).toBe(6);
    expect(await total(app("startsWith", ["web"]))).toBe(2);
    expect(await total(app("endsWith", ["api"]))).toBe(2);
    expect(await total(app("contains", ["-"]))).toBe(3);
    expect(await total(app("absent", []))).toBe(24);
  });

  it("compares case, unless the filter switches that off", async () => {
    expect(await total(app("equals", ["WEB-SHOP"]))).toBe(0);
    expect(await total(app("equals", ["WEB-SHOP"], false))).toBe(1);
    expect(await total(app("startsWith", ["WEB"], false))).toBe(3);
  });

  it("finds what has no tag by the empty value too", async () => {
    expect(await total(app("equals", [""]))).toBe(24);
    expect(await total(app("startsWith", [""]))).toBe(7);
  });

  it("combines: a deny list keeps what has no tag", async () => {
    expect(await total({ not: app("equals", ["batch"]) })).toBe(27);
    expect(await total({ and: [app("contains", ["web"]), { not: app("endsWith", ["api"]) }] })).toBe(0);
    expect(await total({ or: [app("equals", ["batch"]), app("absent", [])] })).toBe(28);
  });
});

describe("what a bill answers besides", () => {
  const bill = aBill(
    [
      aCharge({ center: "A" }),
      aCharge({ day: "2026-01-05", costCategories: new Map([["Old", "x"]]), tags: new Map([["team", ""]]) }),
      aCharge({ day: "2026-03-09", app: "later" }),
    ],
    {
      costCategories: [
        { name: "Unused", splitCharges: [] },
        {
          name: "CostCenter",
          splitCharges: [{ source: null, targets: ["A"], method: { kind: "even" } }],
        },
      ],
    },
  );
  const source = billSource(bill, { at: EVENT });

  it("lists the cost categories that have cost in the window, the defined ones first", async () => {
    expect(await source.costCategories(FEBRUARY)).toEqual(["CostCenter"]);
    expect(await source.costCategories({ start: "2026-01-01", end: "2026-03-01" })).toEqual([
      "CostCenter",
      "Old",
    ]);
    expect(await source.costCategoryDefinitions()).toEqual(["Unused", "CostCenter"]);
  });

  it("has the split charge rules of defined cost categories", async () => {
    expect(await source.splitCharges("CostCenter")).toHaveLength(1);
    expect(await source.splitCharges("Unused")).toEqual([]);
    expect(await source.splitCharges("__proto__")).toBeNull();
  });

  it("lists the tag keys that charges carry, visible ones only", async () => {
    expect(await source.tagKeys({ start: "2026-01-01", end: "2026-04-01" })).toEqual(["team"]);
  });
});

const aDay = fc.integer({ min: 0, max: 99 }).map((after) => addDays("2025-12-10", after));
const aName = fc.constantFrom("", "a", "A", "b$", "__proto__", "ab");
const someCharges = fc.array(
  fc
    .record({ day: aDay, app: fc.option(aName), center: fc.option(aName), amount: fc.bigInt(-9n, 9n) })
    .map(({ day, app, center, amount }) =>
      aCharge({
        day,
        ...(app === null ? {} : { app }),
        ...(center === null ? {} : { center }),
        cost: { units: amount, currency: "USD" },
      }),
    ),
  { maxLength: 40 },
);
const aMatch: fc.Arbitrary<CostFilter> = fc.record({
  of: fc.constantFrom(APP, CENTER, { by: "region" } as const),
  match: fc.constantFrom("equals", "startsWith", "endsWith", "contains", "absent"),
  caseSensitive: fc.boolean(),
  values: fc.array(aName, { maxLength: 2 }),
});
const { filter: aFilter } = fc.letrec<{ filter: CostFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    aMatch,
    fc.record({ not: tie("filter") }),
    fc.record({ and: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie("filter"), { maxLength: 3 }) }),
  ),
}));

describe("exactness", () => {
  const query = fc.record({
    start: aDay,
    days: fc.integer({ min: 1, max: 120 }),
    granularity: fc.constantFrom("DAILY" as const, "MONTHLY" as const),
    groupBy: fc.uniqueArray(fc.constantFrom<Grouping>(APP, CENTER, { by: "region" }), { maxLength: 2 }),
    filter: fc.option(aFilter),
  });
  const keyOf =
    ({ tags, costCategories, dimensions }: Charge) =>
    (of: Grouping) =>
      of.by === "tag"
        ? tags.get(of.key) || null
        : of.by === "costCategory"
          ? costCategories.get(of.name) || null
          : of.by === "region"
            ? (dimensions.region ?? null)
            : null;

  it("answers what adding the charges one by one gives: every query, every filter", async () => {
    await fc.assert(
      fc.asyncProperty(someCharges, query, async (charges, { start, days, granularity, groupBy, filter }) => {
        const window = { start, end: addDays(start, days) };
        const { rows } = await answerOf(charges, {
          window,
          granularity,
          groupBy,
          ...(filter === null ? {} : { filter }),
        });
        const expected = new Map<string, bigint>();
        for (const period of chargePeriods(window, granularity)) {
          for (const charge of charges) {
            if (charge.day < period.start || charge.day >= period.end || charge.day >= "2026-03-08") continue;
            if (filter !== null && !matchesFilter(filter, keyOf(charge))) continue;
            const group = JSON.stringify([period.start, ...groupBy.map(keyOf(charge))]);
            expected.set(group, (expected.get(group) ?? 0n) + charge.cost.units);
          }
        }
        expect(
          new Map(rows.map(({ day, keys, cost }) => [JSON.stringify([day, ...keys]), cost.units])),
        ).toEqual(expected);
        expect(rows).toHaveLength(expected.size);
      }),
      { numRuns: 200 },
    );
  });

  it("loses nothing: however a window is grouped, the parts sum to the whole", async () => {
    await fc.assert(
      fc.asyncProperty(someCharges, query, async (charges, { start, days, granularity, groupBy }) => {
        const window = { start, end: addDays(start, days) };
        const total = (rows: readonly CostRow[]) =>
          sum(
            rows.map(({ cost }): Money => cost),
            "USD",
          );
        const parts = await answerOf(charges, { window, granularity, groupBy });
        const whole = await answerOf(charges, { window, granularity: "MONTHLY" });
        expect(total(parts.rows)).toEqual(total(whole.rows));
      }),
      { numRuns: 100 },
    );
  });

  it("gives rows by day, then by keys, each once", async () => {
    await fc.assert(
      fc.asyncProperty(someCharges, async (charges) => {
        const window = { start: "2025-12-01", end: "2026-04-01" };
        const { rows } = await answerOf(charges, { window, granularity: "DAILY", groupBy: [APP, CENTER] });
        const order = rows.map(({ day, keys }) =>
          [day, ...keys.map((key) => (key === null ? "0" : `1${key}`))].join("\u0001"),
        );
        expect(order).toEqual([...new Set(order)].sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe("charge periods", () => {
  it("cover a window without gap or overlap", () => {
    fc.assert(
      fc.property(
        aDay,
        fc.nat(200),
        fc.constantFrom("DAILY" as const, "MONTHLY" as const),
        (start, days, granularity) => {
          const window = { start, end: addDays(start, days) };
          const periods = chargePeriods(window, granularity);
          let at: Day = start;
          for (const period of periods) {
            expect(period.start).toBe(at);
            expect(daysIn(period)).toBeGreaterThan(0);
            at = period.end;
          }
          expect(at).toBe(window.end);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("a large bill", () => {
  const days = Array.from({ length: 60 }, (_, after) => addDays("2026-01-07", after));
  const charges = days.flatMap((day) =>
    Array.from({ length: 5_000 }, (_, at) =>
      aCharge({
        day,
        app: `app-${at % 60}`,
        center: `center-${at % 12}`,
        usageType: `type-${at % 180}`,
        cost: { units: BigInt(at) * 1_234_567n, currency: "USD" },
        quantity: hours(BigInt(at)),
      }),
    ),
  );

  it("of 300,000 charges answers every group of every day once", async () => {
    const source = billSource(aBill(charges), { at: EVENT });
    const query: CostQuery = {
      window: { start: "2026-01-01", end: "2026-03-08" },
      granularity: "DAILY",
      metric: "UnblendedCost",
      groupBy: [APP, CENTER],
      filter: { not: { of: { by: "chargeType" }, match: "equals", caseSensitive: true, values: ["Tax"] } },
    };
    expect((await source.query(query)).rows).toHaveLength(60 * 60);
  });
});
