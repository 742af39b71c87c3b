import { parseMoney } from "@dapanoskop/core/money";
import {
  billSource,
  type CostSource,
  CostSourceError,
  type CostSourceFailure,
} from "@dapanoskop/core/source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aBill, CollectionFixture, daily } from "./testing/collection-fixture.ts";

const at = "2026-03-12T06:00:00Z";
const bill = aBill(
  [...daily("2024-12-01", "2026-04-20"), ...daily("2024-12-01", "2026-04-20", { center: "Shared" })],
  [
    {
      name: "CostCenter",
      splitCharges: [{ source: "Shared", targets: ["A"], method: { kind: "even" } }],
    },
  ],
);
const FAILURES: Readonly<Record<CostSourceFailure, true>> = {
  "data-unavailable": true,
  "out-of-history": true,
  incomplete: true,
  "access-denied": true,
  credentials: true,
  "not-activated": true,
  validation: true,
  protocol: true,
  currency: true,
  budget: true,
  deadline: true,
  unreachable: true,
};
const failures = Object.keys(FAILURES) as readonly CostSourceFailure[];

/** The bill's source at a time, with some of its methods replaced. */
function source(own: Partial<CostSource> = {}, time = at): CostSource {
  const { query, forecast, costCategories, splitCharges } = billSource(bill, { at: time });
  return { query, forecast, costCategories, splitCharges, ...own };
}

const fails = (error: unknown) => () => Promise.reject(error);
const refused = (failure: CostSourceFailure) =>
  new CostSourceError(failure, null, `GetCostForecast for 2026-03-12 to 2026-03-31: ${failure}. Grant it.`);
const outcomes = (result: { months: readonly { period: string; outcome: string }[] }) =>
  result.months.map(({ period, outcome }) => `${period} ${outcome}`);
const published = ["2026-03 published", "2026-02 published"];

describe("a forecast that fails", () => {
  it("is null with a warning, and the day is published, for every kind of failure", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...failures), fc.boolean(), async (failure, isFirstRun) => {
        const fixture = new CollectionFixture();
        if (!isFirstRun) await fixture.collect(bill, { at: "2026-03-11T06:00:00Z" });
        const result = await fixture.collect(source({ forecast: fails(refused(failure)) }), { at });
        expect(outcomes(result)).toContain("2026-03 published");
        expect(result.months.every(({ outcome }) => outcome === "published")).toBe(true);
        expect(result.warnings).toEqual([
          `2026-03 is collected without a forecast. GetCostForecast for 2026-03-12 to 2026-03-31: ${failure}. Grant it.`,
        ]);
        const { totals } = await fixture.summary("2026-03");
        expect([totals.current_cost_usd, totals.forecast]).toEqual([22, null]);
        expect([totals.prev_month_cost_usd, totals.prior_partial_cost_usd]).toEqual([56, 22]);
      }),
      { numRuns: 44 },
    );
  });

  it("costs no other figure: the files without their forecast are those of a source that has none", async () => {
    const [failed, none] = [new CollectionFixture(), new CollectionFixture()];
    await failed.collect(source({ forecast: fails(refused("access-denied")) }), { at });
    await none.collect(source({ forecast: async () => null }), { at });
    expect(await failed.files()).toEqual(await none.files());
  });

  it("is null without a warning where the source has too little data for one", async () => {
    const result = await new CollectionFixture().collect(source({ forecast: async () => null }), { at });
    expect([outcomes(result), result.warnings]).toEqual([published, []]);
  });

  it("is null with a warning where it comes in another currency", async () => {
    const fixture = new CollectionFixture();
    const result = await fixture.collect(source({ forecast: async () => parseMoney("1", "EUR") }), { at });
    expect(outcomes(result)).toEqual(published);
    expect(result.warnings).toEqual([
      "2026-03 is collected without a forecast. The forecast is in EUR, the bill in USD. One deployment reads one currency.",
    ]);
    expect((await fixture.summary("2026-03")).totals.forecast).toBeNull();
  });

  it("is queried after the comparisons, so that the comparisons do not lose time to it", async () => {
    let isOver = false;
    const inner = source();
    const slow = source({
      forecast: async () => {
        isOver = true;
        throw refused("deadline");
      },
      query: async (query) => {
        if (isOver) throw refused("deadline");
        return inner.query(query);
      },
    });
    expect(outcomes(await new CollectionFixture().collect(slow, { at }))).toEqual(published);
  });

  it("is null with a warning where time ended before it was queried and the month is complete", async () => {
    const inner = source();
    const short = source({
      forecast: fails(new TypeError("The forecast is asked for.")),
      // February's comparison with the year before, which March does not need, comes last.
      query: async (query) => {
        if (query.window.end <= "2025-03-01") throw refused("deadline");
        return inner.query(query);
      },
    });
    const fixture = new CollectionFixture();
    const result = await fixture.collect(short, { at }, {}, 1);
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 skipped"]);
    expect(result.warnings).toEqual([
      `2026-03 is collected without a forecast. ${refused("deadline").message}`,
    ]);
    expect((await fixture.summary("2026-03")).totals.forecast).toBeNull();
  });

  it("fails the run where the program is wrong", async () => {
    const fixture = new CollectionFixture();
    const wrong = fixture.collect(source({ forecast: fails(new TypeError("x is undefined")) }), { at });
    await expect(wrong).rejects.toThrow(TypeError);
    expect(await fixture.store.list("")).toEqual([]);
  });
});

describe("split rules that cannot be read", () => {
  const withoutRules = source({ splitCharges: fails(refused("access-denied")) });
  const sharedOf = async (fixture: CollectionFixture, month: string) =>
    (await fixture.summary(month)).cost_centers.find(({ name }) => name === "Shared");
  const configOf = async (fixture: CollectionFixture, month: string) => {
    const found = await fixture.store.get("index.json");
    return JSON.parse(new TextDecoder().decode(found?.body)).snapshot[month].config;
  };

  it.each(failures)(
    "leave costs where they are, with a warning, and the day is published: %s",
    async (failure) => {
      const fixture = new CollectionFixture();
      const result = await fixture.collect(source({ splitCharges: fails(refused(failure)) }), { at });
      expect(outcomes(result)).toEqual(published);
      expect(result.warnings).toEqual([
        'Costs are collected without split charges, because the rules of Cost Category "CostCenter" could not be read. ' +
          refused(failure).message,
      ]);
      expect(await sharedOf(fixture, "2026-03")).toMatchObject({
        current_cost_usd: 11,
        allocated_cost_usd: 0,
      });
    },
  );

  it("make another configuration than rules that do not exist, and than rules switched off", async () => {
    const configs = new Set<string>();
    for (const [own, config] of [
      [source(), {}],
      [withoutRules, {}],
      [source({ splitCharges: async () => [] }), {}],
    ] as const) {
      const fixture = new CollectionFixture();
      await fixture.collect(own, { at }, config);
      configs.add(await configOf(fixture, "2026-03"));
    }
    expect(configs.size).toBe(3);
    const off = new CollectionFixture();
    const result = await off.collect(withoutRules, { at }, { splitCharges: false });
    expect(result.warnings).toEqual([]);
    const failed = new CollectionFixture();
    await failed.collect(withoutRules, { at });
    expect(await configOf(off, "2026-03")).not.toBe(await configOf(failed, "2026-03"));
  });

  it("are applied to the months that lack them as soon as they can be read, in any month that has passed since", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(withoutRules, { at: "2026-03-12T06:00:00Z", backfill: 2 });
    expect(await sharedOf(fixture, "2026-01")).toMatchObject({ current_cost_usd: 31 });
    const result = await fixture.collect(source({}, "2026-04-12T06:00:00Z"), { at: "2026-04-12T06:00:00Z" });
    expect(outcomes(result)).toEqual([
      "2026-04 published",
      "2026-03 published",
      "2026-02 published",
      "2026-01 published",
    ]);
    for (const month of ["2026-04", "2026-03", "2026-02", "2026-01"]) {
      expect(await sharedOf(fixture, month)).toMatchObject({ current_cost_usd: 0 });
    }
    const next = await fixture.collect(source({}, "2026-04-13T06:00:00Z"), { at: "2026-04-13T06:00:00Z" });
    expect(outcomes(next)).toEqual(["2026-04 published"]);
  });

  it("are never compared with months that have them", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-11T06:00:00Z" });
    await fixture.collect(withoutRules, { at });
    expect(await sharedOf(fixture, "2026-03")).toMatchObject({
      current_cost_usd: 11,
      prev_month_cost_usd: 28,
    });
  });

  it("leave a named cost category that does not exist an error", async () => {
    const fixture = new CollectionFixture();
    const wrong = fixture.collect(withoutRules, { at }, { costCategory: "Teams" });
    await expect(wrong).rejects.toThrow('There is no Cost Category "Teams": this account has "CostCenter".');
    const right = await fixture.collect(withoutRules, { at }, { costCategory: "CostCenter" });
    expect(outcomes(right)).toEqual(published);
  });

  it("fail the run where the program is wrong", async () => {
    const wrong = new CollectionFixture().collect(
      source({ splitCharges: fails(new TypeError("x is undefined")) }),
      {
        at,
      },
    );
    await expect(wrong).rejects.toThrow(TypeError);
  });
});

describe("what is no addition", () => {
  it.each(
    failures.filter((failure) => !["data-unavailable", "out-of-history", "deadline"].includes(failure)),
  )(
    "fails the run and changes nothing: GetCostAndUsage and the list of cost categories, %s",
    async (failure) => {
      for (const own of [{ query: fails(refused(failure)) }, { costCategories: fails(refused(failure)) }]) {
        const fixture = new CollectionFixture();
        await expect(fixture.collect(source(own), { at })).rejects.toMatchObject({ failure });
        expect(await fixture.store.list("")).toEqual([]);
      }
    },
  );
});
