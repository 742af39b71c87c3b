import { billSource, type CostSource, type Grouping } from "@dapanoskop/core/source";
import {
  DAILY_FILE,
  type DayColumns,
  numberAt,
  readIndex,
  type ServiceColumns,
  storeReader,
  textAt,
  verifyPublished,
} from "@dapanoskop/dataset";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aBill, aCharge, CollectionFixture, daily, parquet } from "./testing/collection-fixture.ts";

const AT = "2026-03-08T06:00:00Z";
const year = aBill(daily("2024-01-01", "2026-03-20", { cost: "1.5" }));

async function readerOf({ store }: CollectionFixture) {
  const index = await readIndex(store);
  if (index === null) throw new Error("Nothing is published.");
  return { index, reader: storeReader(store, parquet) };
}

async function figuresOf(fixture: CollectionFixture) {
  const { index, reader } = await readerOf(fixture);
  const figures = await reader.dailyFigures(index);
  if (figures === null) throw new Error("No days are published.");
  return figures;
}

const faultsOf = async ({ store }: CollectionFixture) => (await verifyPublished(store, parquet))?.faults;

const sum = (numbers: readonly (number | null)[]) =>
  numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

describe("the days that a collection publishes", () => {
  it("are those of both open months, in the pages of an ordinary day", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-07T06:00:00Z" });
    fixture.clearQueries();
    await fixture.collect(year, { at: AT });
    expect(fixture.queries.length + fixture.forecasts.length).toBe(7);
    const figures = await figuresOf(fixture);
    expect([figures.days[0], figures.days.at(-1), figures.days.length]).toEqual([
      "2026-02-01",
      "2026-03-07",
      35,
    ]);
    expect(figures.total).toEqual(figures.days.map(() => 1.5));
    expect(figures).toMatchObject({
      completeThrough: "2026-03-07",
      publishedAt: AT,
      costCenters: [{ name: "A", kind: "named", costs: figures.total }],
      services: [{ name: "Amazon Simple Storage Service", costs: figures.total }],
      chargeTypes: [{ name: "Usage", kind: "usage", costs: figures.total }],
      workloads: [{ costCenter: "A", name: "web", kind: "named" }],
      usageTypes: [{ usageType: "TimedStorage-ByteHrs", category: "Storage", unit: "GB-Mo" }],
    });
    expect(figures.usageTypes[0]?.quantities).toEqual(figures.days.map(() => 10));
    expect(figures.history.map(({ month, isRunning, total }) => [month, isRunning, total.length])).toEqual([
      ["2026-02", false, 28],
      ["2026-03", true, 7],
    ]);
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("say through which day they are complete", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(daily("2025-01-01", "2026-03-06")), { at: AT });
    const figures = await figuresOf(fixture);
    expect(figures.completeThrough).toBe("2026-03-05");
    expect(figures.total.slice(-3)).toEqual([1, 0, 0]);
  });

  it("are at most 90, while the history has every day of every month", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT, backfill: 13 });
    const figures = await figuresOf(fixture);
    expect([figures.days.length, figures.days[0]]).toEqual([90, "2025-12-08"]);
    expect(figures.history.map(({ month }) => month)).toEqual([
      ...["2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09"],
      ...["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"],
    ]);
    expect(figures.history.every(({ total, usage }) => total.join() === usage.join())).toBe(true);
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("are queried only where Cost Explorer has days; a month before has none, and says so", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT, backfill: 15 });
    const old = fixture.queries.filter(({ window }) => window.start < "2025-02-01");
    expect(new Set(old.map(({ granularity }) => granularity))).toEqual(new Set(["MONTHLY"]));
    const { index, reader } = await readerOf(fixture);
    expect((await fixture.summary("2025-01")).days).toBeNull();
    expect(index.snapshot["2025-01"]?.has_days).toBe(false);
    expect(index.snapshot["2025-02"]?.has_days).toBe(true);
    expect((await reader.dayColumns(index, "2025-01"))?.rows).toBe(0);
    expect((await reader.serviceColumns(index, "2025-01"))?.rows).toBe(0);
    expect((await figuresOf(fixture)).history[0]?.month).toBe("2025-02");
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("are of every month of a bill that has all days", async () => {
    const fixture = new CollectionFixture();
    const source: CostSource = { ...billSource(year, { at: AT }), hasAllDays: true };
    await fixture.collect(source, { at: AT, period: "2024-05" });
    expect((await figuresOf(fixture)).days).toHaveLength(31);
  });

  it("are unknown between published months that are not consecutive", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT, period: "2026-01" });
    await fixture.collect(year, { at: AT, period: "2026-03" });
    const { index, reader } = await readerOf(fixture);
    const document = await reader.daily(index);
    expect(document?.days[0]).toBe("2026-01-01");
    expect(document?.total_cost_usd.slice(30, 32)).toEqual([1.5, null]);
    expect(document?.services[0]?.cost_usd.slice(30, 32)).toEqual([1.5, null]);
    expect((await figuresOf(fixture)).days[0]).toBe("2026-03-01");
    expect(await faultsOf(fixture)).toEqual([]);
  });
});

describe("months that a run did not collect", () => {
  it("have unknown days where they were collected before these were delivered", async () => {
    const fixture = new CollectionFixture();
    const early = aBill(daily("2025-01-01", "2026-02-27", { cost: "1.5" }));
    await fixture.collect(early, { at: "2026-03-01T06:00:00Z", period: "2026-02" });
    const before = await figuresOf(fixture);
    expect([before.completeThrough, before.total.slice(-3)]).toEqual(["2026-02-26", [1.5, 0, 0]]);

    await fixture.collect(year, { at: AT, period: "2026-03" });
    const { index, reader } = await readerOf(fixture);
    expect((await reader.daily(index))?.total_cost_usd.slice(25, 30)).toEqual([1.5, null, null, 1.5, 1.5]);
    const after = await figuresOf(fixture);
    expect([after.completeThrough, after.days[0]]).toEqual(["2026-03-07", "2026-03-01"]);
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("keep their days, those of workloads and usage types that come later included", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-08T06:00:00Z", backfill: 2 });
    const newcomer = daily("2026-03-12", "2026-03-20", { workload: "new", usageType: "Requests-Tier1" });
    await fixture.collect(aBill([...year.charges, ...newcomer]), { at: "2026-03-16T06:00:00Z" });
    const figures = await figuresOf(fixture);
    expect([figures.days[0], figures.days.length]).toEqual(["2026-01-01", 74]);
    const since = figures.days.indexOf("2026-03-12");
    const expected = figures.days.map((_, at) => (at < since ? 0 : 1));
    expect(figures.workloads.find(({ name }) => name === "new")?.costs).toEqual(expected);
    expect(figures.usageTypes.find(({ usageType }) => usageType === "Requests-Tier1")?.costs).toEqual(
      expected,
    );
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("are without days where an older version published them, until they are collected again", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT });
    await makeOlder(fixture, "2026-02");
    const before = await readerOf(fixture);
    expect(await before.reader.dailyFigures(before.index)).toBeNull();
    await fixture.collect(year, { at: "2026-03-12T06:00:00Z" });
    const figures = await figuresOf(fixture);
    expect(figures.days[0]).toBe("2026-03-01");
    await fixture.collect(year, { at: "2026-03-13T06:00:00Z", period: "2026-02" });
    expect((await figuresOf(fixture)).days[0]).toBe("2026-02-01");
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("of another metric are no days of this one", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT, period: "2026-02" });
    await fixture.collect(year, { at: AT, period: "2026-03" }, { metric: "AmortizedCost" });
    const figures = await figuresOf(fixture);
    expect([figures.metric, figures.days[0]]).toEqual(["AmortizedCost", "2026-03-01"]);
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("of which a published file is damaged have unknown days, and the run publishes", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: AT });
    const key =
      (await readIndex(fixture.store))?.snapshot["2026-02"]?.files["cost-by-day.parquet"]?.key ?? "";
    fixture.store.remove(key);
    await fixture.collect(year, { at: "2026-03-12T06:00:00Z" });
    expect((await figuresOf(fixture)).days[0]).toBe("2026-03-01");
  });

  it.each(["trend.json", DAILY_FILE])(
    "with a damaged %s are collected: a reader says how, and the next run writes it anew",
    async (file) => {
      const fixture = new CollectionFixture();
      await fixture.collect(year, { at: AT, backfill: 3 });
      const before = await fixture.trend();
      const key = (await readIndex(fixture.store))?.shared[file]?.key ?? "";
      const object = fixture.store.objects.get(key);
      if (object === undefined) throw new Error(`${file} is not published.`);
      await fixture.store.overwrite(key, {
        ...object,
        body: object.body.map((byte, at) => byte ^ +(at === 9)),
      });
      const { index, reader } = await readerOf(fixture);
      const reading = file === DAILY_FILE ? reader.dailyFigures(index) : reader.trend(index);
      await expect(reading).rejects.toThrow(
        "Restore it from a copy, or run dapanoskop collect, which writes it again.",
      );

      await fixture.collect(year, { at: AT, force: true });
      expect(await fixture.trend()).toEqual(before);
      expect((await figuresOf(fixture)).completeThrough).toBe("2026-03-07");
    },
  );
});

/** Changes what is published of a month, and the shared file, to what versions before days published. */
async function makeOlder({ store }: CollectionFixture, month: string): Promise<void> {
  const index = JSON.parse(new TextDecoder().decode(store.objects.get("index.json")?.body));
  delete index.shared[DAILY_FILE];
  delete index.snapshot[month].has_days;
  for (const file of ["cost-by-day.parquet", "cost-by-service.parquet"]) {
    delete index.snapshot[month].files[file];
  }
  const object = store.objects.get("index.json");
  if (object === undefined) throw new Error("There is no index.");
  await store.overwrite("index.json", { ...object, body: new TextEncoder().encode(JSON.stringify(index)) });
}

describe("the days of any bill", () => {
  const hostile = [
    "__proto__",
    "Untagged",
    "Uncategorized (category)",
    "=1+1",
    "<img src=x>",
    "\ud800",
    "a\u0000b",
  ];
  const aRandomCharge = fc.record({
    day: fc.nat(65).map((at) => daily("2026-01-01", "2026-03-08")[at]?.day ?? "2026-01-01"),
    cost: fc.integer({ min: -10_000_000, max: 10_000_000 }).map((units) => (units / 1e7).toFixed(10)),
    workload: fc.option(fc.constantFrom("web", ...hostile)),
    center: fc.option(fc.constantFrom("A", "B", "Shared", ...hostile)),
    service: fc.constantFrom("Amazon Simple Storage Service", "Tax", "AWS Support (Business)", ...hostile),
    usageType: fc.constantFrom("TimedStorage-ByteHrs", "NoUsageType", ...hostile),
    chargeType: fc.constantFrom("Usage", "Tax", "Credit", "__proto__"),
    quantity: fc.tuple(fc.constantFrom("0", "1.5", "-2"), fc.constantFrom("GB-Mo", "Hrs")),
  });
  const shared = [
    {
      name: "CostCenter",
      splitCharges: [
        { source: "Shared", targets: ["A", "B", "__proto__"], method: { kind: "even" as const } },
      ],
    },
  ];

  it("sum to the month in every view, which the verification finds too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aRandomCharge, { minLength: 1, maxLength: 60 }), async (specs) => {
        const fixture = new CollectionFixture();
        const charges = specs.map(({ day, ...own }) => aCharge(day, own));
        await fixture.collect(aBill(charges, shared), { at: AT, backfill: 2 });
        const index = await readIndex(fixture.store);
        if (index === null) return;
        expect(await faultsOf(fixture)).toEqual([]);
        const { reader } = await readerOf(fixture);
        for (const month of index.periods) {
          const summary = await fixture.summary(month);
          const places = await reader.dayColumns(index, month);
          const services = await reader.serviceColumns(index, month);
          for (const { name, current_cost_usd } of summary.cost_centers) {
            expect(costIn(places, "cost_center", name)).toBeCloseTo(current_cost_usd, 9);
          }
          expect(costIn(services)).toBeCloseTo(summary.totals.current_cost_usd, 9);
          expect(sum(summary.days?.total_cost_usd ?? [])).toBeCloseTo(summary.totals.current_cost_usd, 9);
        }
      }),
      { numRuns: 25 },
    );
  });
});

function costIn(
  table: DayColumns | ServiceColumns | null,
  column: "cost_center" | null = null,
  name = "",
): number {
  if (table === null) return Number.NaN;
  const names = column === null || !("cost_center" in table.data) ? null : table.data.cost_center;
  const published = name.replaceAll(/\p{Surrogate}/gu, "\ufffd");
  let cost = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (names === null || textAt(names, row) === published) cost += numberAt(table.data.cost_usd, row) ?? 0;
  }
  return cost;
}

describe("answers about a day that contradict each other", () => {
  const shifted = (times: number): CostSource => {
    const inner = billSource(year, { at: AT });
    let left = times;
    const isServices = (groupBy: readonly Grouping[]) => groupBy[0]?.by === "service";
    return {
      ...inner,
      async query(query) {
        const answer = await inner.query(query);
        if (!isServices(query.groupBy) || query.granularity === "MONTHLY" || left === 0) return answer;
        left -= 1;
        // A dollar moves from one day to the next: the month's sum is the same.
        const move = (day: string) => (day === "2026-02-10" ? -1n : day === "2026-02-11" ? 1n : 0n);
        const rows = answer.rows.map((row) => ({
          ...row,
          cost: { ...row.cost, units: row.cost.units + move(row.day) * 10n ** 12n },
        }));
        return { ...answer, rows };
      },
    };
  };

  it("are queried once more", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(shifted(1), { at: AT });
    expect((await figuresOf(fixture)).services[0]?.costs).toContain(1.5);
    expect(await faultsOf(fixture)).toEqual([]);
  });

  it("are not published when they stay", async () => {
    const fixture = new CollectionFixture();
    await expect(fixture.collect(shifted(9), { at: AT })).rejects.toThrow(
      /^2026-02-10: the services sum to 0\.5000000000 USD, but the bill's own total is 1\.5000000000/,
    );
    expect(await readIndex(fixture.store)).toBeNull();
  });
});
