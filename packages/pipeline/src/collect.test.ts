import {
  billSource,
  type CostAnswer,
  type CostQuery,
  type CostSource,
  CostSourceError,
} from "@dapanoskop/core/source";
import { StoreError } from "@dapanoskop/core/store";
import { usageTypeColumns, verifyPublished, type WorkloadSummary } from "@dapanoskop/dataset";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { describe, expect, it } from "vitest";
import { aBill, aCharge, CollectionFixture, daily, parquet } from "./testing/collection-fixture.ts";

const outcomes = (result: { months: readonly { period: string; outcome: string }[] }) =>
  result.months.map(({ period, outcome }) => `${period} ${outcome}`);

describe("a first collection", () => {
  const year = aBill(daily("2025-01-01", "2026-03-08"));

  it("says which file could not be written at its stable key, and publishes", async () => {
    const fixture = new CollectionFixture();
    const { store } = fixture;
    for (const verb of ["put", "putIfAbsent", "putIfVersion"] as const) {
      const write = Reflect.get(store, verb);
      if (typeof write !== "function") continue;
      Reflect.set(store, verb, async (key: string, ...others: readonly unknown[]) => {
        if (key === "2026-03/summary.json") throw new StoreError("access-denied", key, "No.");
        return write.call(store, key, ...others);
      });
    }
    const result = await fixture.collect(year, { at: "2026-03-08T06:00:00Z" });
    expect(outcomes(result)).toContain("2026-03 published");
    expect(result.warnings).toContain("2026-03/summary.json does not have generation 1 yet: No.");
  });

  it("publishes the running month and the last closed one, each with what it is compared with", async () => {
    const fixture = new CollectionFixture();
    const result = await fixture.collect(year, { at: "2026-03-08T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    const march = await fixture.summary("2026-03");
    expect(march.windows).toEqual({
      current: { start: "2026-03-01", end: "2026-03-08" },
      prev_month: { start: "2026-02-01", end: "2026-03-01" },
      yoy: { start: "2025-03-01", end: "2025-04-01" },
      prior_partial: { start: "2026-02-01", end: "2026-02-08" },
    });
    expect(march.totals).toEqual({
      current_cost_usd: 7,
      prev_month_cost_usd: 28,
      yoy_cost_usd: 31,
      complete_days_cost_usd: 7,
      prior_partial_cost_usd: 7,
      forecast: { total_usd: 31, remaining_usd: 24, start: "2026-03-08", end: "2026-04-01" },
    });
    expect(march.cost_centers).toEqual([
      expect.objectContaining({
        name: "A",
        kind: "named",
        current_cost_usd: 7,
        prev_month_cost_usd: 28,
        yoy_cost_usd: 31,
        prior_partial_cost_usd: 7,
      }),
    ]);
    const february = await fixture.summary("2026-02");
    expect(february.is_mtd).toBe(false);
    expect(february.totals).toEqual({ current_cost_usd: 28, prev_month_cost_usd: 31, yoy_cost_usd: 28 });
    expect("prior_partial" in february.windows).toBe(false);
  });

  it("names its source in the index and in every summary", async () => {
    const fixture = new CollectionFixture();
    const at = "2026-03-08T06:00:00Z";
    const read = async () => {
      const index = (await fixture.store.get("index.json"))?.body;
      const { source } = JSON.parse(new TextDecoder().decode(index));
      return [source, (await fixture.summary("2026-03")).source, (await fixture.summary("2026-02")).source];
    };
    await fixture.collect(year, { at });
    const own = {
      kind: "Cost Explorer",
      provider: "AWS",
      metric: "UnblendedCost",
      tag_key: "App",
      cost_category: "CostCenter",
    };
    expect(await read()).toEqual([own, own, own]);

    const file: CostSource = { ...billSource(year, { at }), kind: "FOCUS", provider: "Microsoft" };
    await fixture.collect(file, { at, force: true }, { tagKey: "Team", metric: "AmortizedCost" });
    const other = {
      ...own,
      kind: "FOCUS",
      provider: "Microsoft",
      metric: "AmortizedCost",
      tag_key: "Team",
    };
    expect(await read()).toEqual([other, other, other]);
  });

  it("compares no month of one provider with what is published of another", async () => {
    const fixture = new CollectionFixture();
    const at = "2026-03-08T06:00:00Z";
    await fixture.collect(year, { at });
    const march: CostSource = { ...billSource(year, { at }), covers: (month) => month === "2026-03" };
    await fixture.collect(march, { at, force: true });
    expect((await fixture.summary("2026-03")).totals.prev_month_cost_usd).toBe(28);
    await fixture.collect({ ...march, kind: "FOCUS", provider: "Microsoft" }, { at, force: true });
    expect((await fixture.summary("2026-03")).totals.prev_month_cost_usd).toBeNull();
  });

  it("writes parquet rows for the three periods, which an outside reader sums to the same totals", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-08T06:00:00Z" });
    for (const file of ["cost-by-workload.parquet", "cost-by-usage-type.parquet"]) {
      const rows = await rowsIn(fixture, `2026-03/${file}`);
      const sums = new Map<string, number>();
      for (const { period, cost_usd } of rows) sums.set(period, (sums.get(period) ?? 0) + cost_usd);
      expect(sums).toEqual(
        new Map([
          ["2026-03", 7],
          ["2026-02", 28],
          ["2025-03", 31],
        ]),
      );
    }
  });

  it("labels the rows of each period with its month, workload and cost center", async () => {
    const fixture = new CollectionFixture();
    const charges = [
      ...daily("2025-02-01", "2025-04-01", { workload: "old", center: "A", cost: "3" }),
      ...daily("2026-02-01", "2026-03-01", { workload: "api", center: "B", cost: "5" }),
      ...daily("2026-03-01", "2026-03-08", { workload: "web", center: "C", cost: "7" }),
    ];
    await fixture.collect(aBill(charges), { at: "2026-03-08T06:00:00Z" });
    expect(await rowsIn(fixture, "2026-03/cost-by-workload.parquet")).toEqual([
      { cost_center: "C", workload: "web", period: "2026-03", cost_usd: 49 },
      { cost_center: "B", workload: "api", period: "2026-02", cost_usd: 140 },
      { cost_center: "A", workload: "old", period: "2025-03", cost_usd: 93 },
    ]);
    const usage = { usage_type: "TimedStorage-ByteHrs", category: "Storage" };
    expect(await rowsIn(fixture, "2026-03/cost-by-usage-type.parquet")).toEqual([
      { workload: "web", ...usage, period: "2026-03", cost_usd: 49, usage_quantity: 70 },
      { workload: "api", ...usage, period: "2026-02", cost_usd: 140, usage_quantity: 280 },
      { workload: "old", ...usage, period: "2025-03", cost_usd: 93, usage_quantity: 310 },
    ]);
    expect(await rowsIn(fixture, "2026-03/cost-by-usage-type-like-for-like.parquet")).toEqual([
      { workload: "api", ...usage, period: "2026-02", cost_usd: 35, usage_quantity: 70 },
    ]);
    const { totals } = await fixture.summary("2026-03");
    expect(totals).toMatchObject({
      current_cost_usd: 49,
      prev_month_cost_usd: 140,
      yoy_cost_usd: 93,
      prior_partial_cost_usd: 35,
    });
  });

  it("on New Year's Day publishes December and no running month", async () => {
    const fixture = new CollectionFixture();
    const result = await fixture.collect(aBill(daily("2024-12-01", "2026-01-01")), {
      at: "2026-01-01T06:00:00Z",
    });
    expect(outcomes(result)).toEqual(["2025-12 published"]);
    expect((await fixture.summary("2025-12")).periods).toEqual({
      current: "2025-12",
      prev_month: "2025-11",
      yoy: "2024-12",
    });
  });

  it("makes at most seven requests on an ordinary day with both months open", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-07T06:00:00Z" });
    fixture.clearQueries();
    const result = await fixture.collect(year, { at: "2026-03-08T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    expect(fixture.queries.length + fixture.forecasts.length).toBe(7);
  });

  it("queries the usage after the same days of the month before by itself, once", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-08T06:00:00Z" });
    expect(fixture.queries.filter(({ window }) => window.start === "2026-02-08")).toEqual([
      {
        window: { start: "2026-02-08", end: "2026-03-08" },
        granularity: "MONTHLY",
        metric: "UnblendedCost",
        groupBy: [{ by: "tag", key: "App" }, { by: "usageType" }],
      },
    ]);
  });

  it("queries no such days on the first of a month, when no month is running", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(year, { at: "2026-03-01T06:00:00Z" });
    expect(fixture.queries.every(({ window }) => window.start.endsWith("-01"))).toBe(true);
    expect(fixture.queries.every(({ window }) => window.end.endsWith("-01"))).toBe(true);
  });

  it("makes one query more where services of different categories share a usage type, also about those days", async () => {
    const fixture = new CollectionFixture();
    const shared = { usageType: "Shared-Thing", quantity: ["24", "Hrs"] } as const;
    const sharedRow = { workload: "web", usage_type: "Shared-Thing", period: "2026-02" };
    const bill = aBill([
      ...daily("2025-01-01", "2026-03-20", { ...shared, service: "Amazon Nonesuch", cost: "3" }),
      ...daily("2025-01-01", "2026-03-20", { ...shared, service: "AWS Support (Business)", cost: "1" }),
    ]);
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    for (const [at, months] of [
      ["2026-03-09T06:00:00Z", ["2026-03 published", "2026-02 published"]],
      ["2026-03-14T06:00:00Z", ["2026-03 published"]],
    ] as const) {
      fixture.clearQueries();
      expect(outcomes(await fixture.collect(bill, { at }))).toEqual(months);
      expect(fixture.queries.length + fixture.forecasts.length).toBe(8);
    }
    expect(await rowsIn(fixture, "2026-03/cost-by-usage-type-like-for-like.parquet")).toEqual([
      { ...sharedRow, category: "Other", cost_usd: 39, usage_quantity: 13 * 24 },
      { ...sharedRow, category: "Support", cost_usd: 13, usage_quantity: 13 * 24 },
    ]);
  });
});

describe("a month's figures", () => {
  it("agree in every view, for each period, with split rules and without", async () => {
    const charges = [
      ...daily("2025-02-01", "2026-03-08", { workload: "api", center: "A", cost: "0.004" }),
      ...daily("2025-03-01", "2026-03-08", { workload: null, center: null, cost: "0.3333333333" }),
      ...daily("2025-02-01", "2026-03-08", { workload: "base", center: "Shared", cost: "0.1" }),
    ];
    const split = [{ source: "Shared", targets: ["A", "B", "C"], method: { kind: "even" } as const }];
    for (const splitCharges of [true, false]) {
      const fixture = new CollectionFixture();
      const bill = aBill(charges, [{ name: "CostCenter", splitCharges: split }]);
      await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" }, { splitCharges });
      const { totals, cost_centers, reconciliation } = await fixture.summary("2026-03");
      for (const figure of [
        "current_cost_usd",
        "prev_month_cost_usd",
        "yoy_cost_usd",
        "prior_partial_cost_usd",
      ] as const) {
        const workloads = cost_centers.flatMap((center) => center.workloads);
        const sum = (rows: readonly WorkloadSummary[]) =>
          rows.reduce((all, row) => all + (row[figure] ?? Number.NaN), 0);
        expect(sum(cost_centers)).toBeCloseTo(totals[figure] ?? Number.NaN, 9);
        expect(sum(workloads)).toBeCloseTo(totals[figure] ?? Number.NaN, 9);
      }
      expect(reconciliation.difference_usd).toBe(0);
      const shared = cost_centers.find(({ name }) => name === "Shared");
      expect([shared?.current_cost_usd, shared?.direct_cost_usd]).toEqual(
        splitCharges ? [0, 0.7] : [0.7, 0.7],
      );
      for (const center of cost_centers) {
        expect(center.direct_cost_usd + center.allocated_cost_usd).toBeCloseTo(center.current_cost_usd, 10);
      }
    }
  });

  it("tell a tag value Untagged from a missing tag, and survive names of any kind", async () => {
    const names = [
      "Untagged",
      "Untagged (tag)",
      "__proto__",
      "a$b",
      "<img src=x onerror=alert(1)>",
      "\u202Egnp",
      "x".repeat(10_240),
      "=HYPERLINK(1)",
    ];
    const charges = [...names, null].map((workload) => aCharge("2026-02-10", { workload, cost: "0.01" }));
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(charges), { at: "2026-03-01T06:00:00Z" });
    const { cost_centers, totals } = await fixture.summary("2026-02");
    const rows = cost_centers[0]?.workloads ?? [];
    expect(totals.current_cost_usd).toBe(0.09);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(9);
    expect(rows.find(({ kind }) => kind === "untagged")?.name).toBe("Untagged");
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Untagged (tag)", "Untagged (tag) (tag)", "__proto__", "a$b"]),
    );
  });

  it("are null for storage in a unit that is not known, with a warning, and the run succeeds", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill([aCharge("2026-02-10", { quantity: ["5", "Furlongs"] })]);
    const result = await fixture.collect(bill, { at: "2026-03-01T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-02 published"]);
    expect(result.warnings).toEqual([expect.stringContaining('TimedStorage-ByteHrs is given in "Furlongs"')]);
    const { storage_metrics } = await fixture.summary("2026-02");
    expect([storage_metrics.total_volume_bytes, storage_metrics.cost_per_tb_usd]).toEqual([null, null]);
  });

  it("have one center, Uncategorized, in an account without cost categories", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill([aCharge("2026-02-10", { center: null })], []), {
      at: "2026-03-01T06:00:00Z",
    });
    const { cost_centers } = await fixture.summary("2026-02");
    expect(cost_centers.map(({ name, kind }) => [name, kind])).toEqual([["Uncategorized", "uncategorized"]]);
  });

  it("name the cost categories that exist when a named one does not", async () => {
    const fixture = new CollectionFixture();
    const wrong = fixture.collect(
      aBill(daily("2026-02-01", "2026-02-03")),
      { at: "2026-03-01T06:00:00Z" },
      { costCategory: "Teams" },
    );
    await expect(wrong).rejects.toThrow('There is no Cost Category "Teams": this account has "CostCenter".');
    expect(await fixture.store.list("")).toEqual([]);
  });
});

describe("history", () => {
  it("of a 14-month account is backfilled completely: comparisons that AWS refuses are null, and nothing fails", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-02-01", "2026-03-08"));
    const inner = billSource(bill, { at: "2026-03-08T06:00:00Z" });
    const source: CostSource = {
      ...refusing(inner, ({ window }) => window.start < "2025-02-01", "out-of-history"),
    };
    const result = await fixture.collect(source, { at: "2026-03-08T06:00:00Z", backfill: 13 });
    expect(result.months.map(({ outcome }) => outcome)).toEqual(Array(14).fill("published"));
    const oldest = await fixture.summary("2025-02");
    expect([oldest.totals.prev_month_cost_usd, oldest.totals.yoy_cost_usd]).toEqual([null, null]);
    const running = await fixture.summary("2026-03");
    expect(running.totals.yoy_cost_usd).toBe(31);
    expect((await fixture.trend()).months.map(({ total_cost_usd }) => total_cost_usd)).toEqual([
      28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 7,
    ]);
  });

  it("before a file's first month is unknown, not nothing", async () => {
    const fixture = new CollectionFixture();
    const bill = billSource(aBill(daily("2026-02-01", "2026-03-08")), { at: "2026-03-08T06:00:00Z" });
    const result = await fixture.collect(
      { ...bill, covers: (month) => month >= "2026-02" },
      { at: "2026-03-08T06:00:00Z", backfill: 2 },
    );
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published", "2026-01 skipped"]);
    expect(result.months.at(-1)?.why).toBe("2026-01 is unknown: the bill has no data of this month.");
    const march = await fixture.summary("2026-03");
    expect([march.totals.prev_month_cost_usd, march.totals.yoy_cost_usd]).toEqual([28, null]);
    expect(march.totals.prior_partial_cost_usd).toBe(7);
    const february = await fixture.summary("2026-02");
    expect([february.totals.prev_month_cost_usd, february.totals.yoy_cost_usd]).toEqual([null, null]);
    expect(february.cost_centers[0]?.prev_month_cost_usd).toBeNull();
  });

  it("that a file with a gap does not cover is unknown: no month is compared with it, and the trend has no 0", async () => {
    const fixture = new CollectionFixture();
    const charges = [...daily("2025-12-01", "2026-01-01"), ...daily("2026-02-01", "2026-03-01")];
    const bill = billSource(aBill(charges), { at: "2026-03-02T06:00:00Z" });
    const result = await fixture.collect(
      { ...bill, covers: (month) => month === "2025-12" || month === "2026-02" },
      { at: "2026-03-02T06:00:00Z", backfill: 3 },
    );
    expect(outcomes(result)).toEqual([
      "2026-03 skipped",
      "2026-02 published",
      "2026-01 skipped",
      "2025-12 published",
    ]);
    const february = await fixture.summary("2026-02");
    expect([february.totals.current_cost_usd, february.totals.prev_month_cost_usd]).toEqual([28, null]);
    expect((await fixture.trend()).months.map(({ period }) => period)).toEqual(["2025-12", "2026-02"]);
  });

  it("that is published and that a later file does not cover remains as it is published", async () => {
    const fixture = new CollectionFixture();
    const charges = daily("2025-12-01", "2026-03-08");
    await fixture.collect(aBill(charges), { at: "2026-03-08T06:00:00Z", backfill: 2 });
    const before = await fixture.files("2026-01/");
    const bill = billSource(aBill(charges), { at: "2026-03-09T06:00:00Z" });
    const result = await fixture.collect(
      { ...bill, covers: (month) => month !== "2026-01" },
      { at: "2026-03-09T06:00:00Z", backfill: 2, force: true },
    );
    const [, , january] = result.months;
    expect(january).toEqual({
      period: "2026-01",
      outcome: "skipped",
      why: "2026-01 is unknown: the bill has no data of this month. The published figures remain.",
    });
    expect(await fixture.files("2026-01/")).toEqual(before);
    expect(
      (await fixture.trend()).months.map(({ period, total_cost_usd }) => [period, total_cost_usd]),
    ).toEqual([
      ["2026-01", 31],
      ["2026-02", 28],
      ["2026-03", 7],
    ]);
  });

  it("of a file that begins with the running month has no prior period to date", async () => {
    const fixture = new CollectionFixture();
    const bill = billSource(aBill(daily("2026-03-01", "2026-03-08")), { at: "2026-03-08T06:00:00Z" });
    await fixture.collect({ ...bill, covers: (month) => month >= "2026-03" }, { at: "2026-03-08T06:00:00Z" });
    const march = await fixture.summary("2026-03");
    expect([march.totals.current_cost_usd, march.totals.prior_partial_cost_usd]).toEqual([7, null]);
    expect(march.files["cost-by-usage-type-like-for-like.parquet"]?.rows).toBe(0);
    expect(march.windows.prior_partial).toEqual({ start: "2026-02-01", end: "2026-02-08" });
    expect(march.totals.forecast).toBeNull();
  });

  it("that was published while running is replaced by the complete month", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-04-20"));
    await fixture.collect(bill, { at: "2026-02-20T06:00:00Z" });
    expect((await fixture.summary("2026-02")).is_mtd).toBe(true);
    const result = await fixture.collect(bill, { at: "2026-04-15T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-04 published", "2026-03 published", "2026-02 published"]);
    expect((await fixture.summary("2026-02")).totals.current_cost_usd).toBe(28);
  });

  it("is read from the published files where they contain it", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-03-20"));
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z", backfill: 2 });
    fixture.clearQueries();
    await fixture.collect(bill, { at: "2026-03-09T06:00:00Z" });
    expect(fixture.queries.every(({ window }) => window.start >= "2026-02-01")).toBe(true);
    const march = await fixture.summary("2026-03");
    expect([march.totals.prev_month_cost_usd, march.totals.yoy_cost_usd]).toEqual([28, 31]);
    const february = await fixture.summary("2026-02");
    expect([february.totals.prev_month_cost_usd, february.totals.yoy_cost_usd]).toEqual([31, 28]);
    expect(february.storage_metrics.prev_month_cost_per_tb_usd).toBeGreaterThan(0);
  });

  it("continues without the same days of the month before where their usage is refused", async () => {
    const fixture = new CollectionFixture();
    const bill = billSource(aBill(daily("2025-01-01", "2026-03-08")), { at: "2026-03-08T06:00:00Z" });
    const source = refusing(bill, queries["prior usage"] ?? (() => true), "data-unavailable");
    const result = await fixture.collect(source, { at: "2026-03-08T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    const march = await fixture.summary("2026-03");
    expect([march.totals.prev_month_cost_usd, march.totals.prior_partial_cost_usd]).toEqual([28, null]);
    expect(march.files["cost-by-usage-type-like-for-like.parquet"]?.rows).toBe(0);
    expect((await verifyPublished(fixture.store, parquet))?.faults).toEqual([]);
  });

  it.each(["data-unavailable", "out-of-history"] as const)(
    "continues without a month that the source refuses, and without its comparison: %s",
    async (failure) => {
      const fixture = new CollectionFixture();
      const bill = billSource(aBill(daily("2024-12-01", "2026-03-08")), { at: "2026-03-08T06:00:00Z" });
      const isAbout = (month: string) => (query: CostQuery) =>
        query.window.start <= `${month}-01` && query.window.end > `${month}-01`;
      const source = refusing(
        bill,
        (query) => isAbout("2026-01")(query) || isAbout("2025-03")(query),
        failure,
      );
      const result = await fixture.collect(source, { at: "2026-03-08T06:00:00Z", backfill: 3 });
      expect(outcomes(result)).toEqual([
        "2026-03 published",
        "2026-02 published",
        "2026-01 skipped",
        "2025-12 published",
      ]);
      expect(result.months[2]?.why).toBe(`refused: ${failure}`);
      const march = await fixture.summary("2026-03");
      expect([march.totals.prev_month_cost_usd, march.totals.yoy_cost_usd]).toEqual([28, null]);
      const february = await fixture.summary("2026-02");
      expect([february.totals.prev_month_cost_usd, february.totals.yoy_cost_usd]).toEqual([null, 28]);
    },
  );

  it("continues without a month in which the metric is not complete, and fails where no month is known", async () => {
    const at = "2026-03-08T06:00:00Z";
    const bill = billSource(aBill(daily("2024-12-01", "2026-03-08")), { at });
    const lacking = (...months: readonly string[]) =>
      refusing(
        bill,
        ({ window }) => months.some((month) => window.start < `${month}-21` && window.end > `${month}-20`),
        "incomplete",
      );
    const fixture = new CollectionFixture();
    const result = await fixture.collect(lacking("2026-02", "2025-03"), { at });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 skipped"]);
    const { totals } = await fixture.summary("2026-03");
    expect([totals.current_cost_usd, totals.prev_month_cost_usd, totals.prior_partial_cost_usd]).toEqual([
      7,
      null,
      null,
    ]);
    expect(totals.yoy_cost_usd).toBeNull();
    const told = ({ warnings }: typeof result) =>
      warnings.filter((warning) => warning.includes("incomplete"));
    expect(told(result)).toEqual(["refused: incomplete No month is compared with it."]);
    // The month that is collected itself is told as skipped, and not among these.
    expect(told(await new CollectionFixture().collect(lacking("2026-02"), { at }))).toEqual([]);
    const none = new CollectionFixture();
    const all = refusing(bill, () => true, "incomplete");
    await expect(none.collect(all, { at })).rejects.toMatchObject({ failure: "incomplete" });
    expect(await none.files()).toEqual(new Map());
  });

  it("continues without a month that has no data yet, and keeps what is published of it", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-03-20"));
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    const before = await fixture.files("2026-03/");
    const unavailable = refusing(
      billSource(bill, { at: "2026-03-09T06:00:00Z" }),
      ({ window }) => window.end > "2026-03-01",
      "data-unavailable",
    );
    const result = await fixture.collect(unavailable, { at: "2026-03-09T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-03 skipped", "2026-02 published"]);
    expect(await fixture.files("2026-03/")).toEqual(before);
  });
});

describe("the usage of the same days of the month before", () => {
  const file = "cost-by-usage-type-like-for-like.parquet";
  const bill = aBill([
    ...daily("2025-01-01", "2026-04-20"),
    ...daily("2025-01-01", "2026-02-06", { workload: "gone", center: "B", cost: "0.3333333333" }),
  ]);

  it("is in a file of its own while the month runs, and sums to the summary's cost of those days", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    const row = { usage_type: "TimedStorage-ByteHrs", category: "Storage", period: "2026-02" };
    expect(await rowsIn(fixture, `2026-03/${file}`)).toEqual([
      { workload: "web", ...row, cost_usd: 7, usage_quantity: 70 },
      { workload: "gone", ...row, cost_usd: 1.6666666665, usage_quantity: 50 },
    ]);
    expect((await fixture.summary("2026-03")).totals.prior_partial_cost_usd).toBe(8.6666666665);
  });

  it("is all of February compared with all of March but its last day", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-31T06:00:00Z" });
    const [row] = await rowsIn(fixture, `2026-03/${file}`);
    expect(row).toMatchObject({ workload: "web", cost_usd: 28 });
  });

  it("leaves no row behind when the month closes, where nothing can be deleted", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    const running = (await fixture.files()).get(`2026-03/${file}`);
    await fixture.collect(bill, { at: "2026-04-08T06:00:00Z" });
    expect((await fixture.summary("2026-03")).is_mtd).toBe(false);
    expect(await rowsIn(fixture, `2026-03/${file}`)).toEqual([]);
    expect((await rowsIn(fixture, `2026-04/${file}`)).map(({ period }) => period)).toEqual(["2026-03"]);
    // An empty one is typed, and the same in every closed month.
    const { columns } = parquet.decode(
      usageTypeColumns,
      file,
      (await fixture.store.get(`2026-03/${file}`))?.body ?? new Uint8Array(),
    );
    expect(columns).toBe(usageTypeColumns);
    const files = await fixture.files();
    expect(files.get(`2026-03/${file}`)).toBe(files.get(`2026-02/${file}`));
    expect(files.get(`2026-03/${file}`)).not.toBe(running);
    expect((await verifyPublished(fixture.store, parquet))?.faults).toEqual([]);
  });
});

describe("what was published", () => {
  it("is the same bytes for the same bill, clock and id", async () => {
    const bill = aBill(
      daily("2025-01-01", "2026-03-08", { workload: "z" }).concat(daily("2025-01-01", "2026-03-08")),
    );
    const [first, second] = [new CollectionFixture(), new CollectionFixture()];
    await first.collect(bill, { at: "2026-03-08T06:00:00Z", backfill: 3 });
    await second.collect(
      { ...bill, charges: [...bill.charges].reverse() },
      { at: "2026-03-08T06:00:00Z", backfill: 3 },
    );
    expect(await second.files()).toEqual(await first.files());
  });

  it("remains when a month comes back empty, also by force", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(daily("2026-01-01", "2026-03-01")), { at: "2026-03-01T06:00:00Z" });
    const before = await fixture.files("2026-02/");
    for (const force of [false, true]) {
      const result = await fixture.collect(
        aBill([]),
        { at: "2026-03-02T06:00:00Z", force },
        { costCategory: null },
      );
      expect(outcomes(result)).toEqual(["2026-03 skipped", "2026-02 quarantined"]);
    }
    expect(await fixture.files("2026-02/")).toEqual(before);
  });

  it("is quarantined when a closed month's total falls by more than half, unless forced; other months are published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(daily("2026-01-01", "2026-03-01")), {
      at: "2026-03-01T06:00:00Z",
      backfill: 2,
    });
    const fallen = aBill([...daily("2026-01-01", "2026-02-01"), ...daily("2026-02-01", "2026-02-11")]);
    const result = await fixture.collect(fallen, { at: "2026-03-02T06:00:00Z", backfill: 2 });
    expect(outcomes(result)).toEqual(["2026-03 skipped", "2026-02 quarantined", "2026-01 published"]);
    expect((await fixture.summary("2026-02")).totals.current_cost_usd).toBe(28);
    await fixture.collect(fallen, { at: "2026-03-02T07:00:00Z", force: true });
    expect((await fixture.summary("2026-02")).totals.current_cost_usd).toBe(10);
  });

  it("that AWS revised is told with the difference, also when it is opened again after weeks", async () => {
    const fixture = new CollectionFixture();
    const charges = daily("2026-01-01", "2026-04-01");
    await fixture.collect(aBill(charges), { at: "2026-03-02T06:00:00Z" });
    const fee = aCharge("2026-02-03", { cost: "1.25" });
    const revised = aBill([...charges, fee]);
    const [, february] = (await fixture.collect(revised, { at: "2026-03-03T06:00:00Z" })).months;
    expect(february?.revised).toBe("revised by +1.25 USD: 28 as of 2026-03-02T06:00:00Z, now 29.25");
    const reopened = await fixture.collect(aBill(charges), { at: "2026-03-25T06:00:00Z", period: "2026-02" });
    expect(reopened.months).toEqual([
      {
        period: "2026-02",
        outcome: "published",
        why: null,
        revised: "revised by -1.25 USD: 29.25 as of 2026-03-03T06:00:00Z, now 28",
      },
    ]);
    const same = await fixture.collect(aBill(charges), { at: "2026-03-26T06:00:00Z", period: "2026-02" });
    expect(same.months).toEqual([{ period: "2026-02", outcome: "published", why: null }]);
  });

  it("is quarantined when more than half of a closed month's workloads vanish", async () => {
    const fixture = new CollectionFixture();
    const three = ["a", "b", "c"].flatMap((workload) => daily("2026-02-01", "2026-03-01", { workload }));
    await fixture.collect(aBill(three), { at: "2026-03-01T06:00:00Z" });
    const one = aBill(daily("2026-02-01", "2026-03-01", { workload: "a", cost: "3" }));
    const result = await fixture.collect(one, { at: "2026-03-02T06:00:00Z" });
    expect(result.months.find(({ period }) => period === "2026-02")?.why).toContain(
      "2 of its 3 workloads vanished",
    );
  });

  it("remains when the bill comes in another currency, also by force", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(daily("2026-01-01", "2026-03-08")), { at: "2026-03-08T06:00:00Z" });
    const before = await fixture.files();
    const euros = { ...aBill(daily("2026-01-01", "2026-03-09", { currency: "EUR" })), currency: "EUR" };
    await expect(fixture.collect(euros, { at: "2026-03-09T06:00:00Z", force: true })).rejects.toThrow(
      /The bill is in EUR, and the months in .* are in USD/,
    );
    expect(await fixture.files()).toEqual(before);
  });

  it("is published again by force where its files were lost", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2026-01-01", "2026-03-08"));
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    const { get } = fixture.store;
    const lost = [...(await fixture.files("_runs/")).keys()].filter((key) => key.includes("/2026-02/"));
    fixture.store.get = async (key) => (lost.includes(key) ? null : get(key));
    await expect(fixture.collect(bill, { at: "2026-03-09T06:00:00Z" })).rejects.toThrow(/is missing/);
    const { months } = await fixture.collect(bill, { at: "2026-03-09T06:00:00Z", force: true });
    expect(months.map(({ outcome }) => outcome)).toEqual(["published", "published"]);
  });

  it("of a file that ends before the month does is not compared, and says through which day it is complete", async () => {
    const at = "2026-04-20T06:00:00Z";
    const inner = billSource(aBill(daily("2026-01-01", "2026-03-06")), { at });
    const file = {
      ...inner,
      window: { start: "2026-01-01", end: "2026-03-06" },
      covers: (month: string) => month >= "2026-01" && month <= "2026-03",
    };
    const fixture = new CollectionFixture();
    const result = await fixture.collect(file, { at, backfill: 2 });
    expect(result.warnings).toContain(
      "2026-03: the bill is complete through 2026-03-05 only. The month is compared with no other month, and no month is " +
        "compared with it, until a later bill has the rest.",
    );
    const march = await fixture.summary("2026-03");
    expect([march.delivered_through, march.totals]).toEqual([
      "2026-03-05",
      { current_cost_usd: 5, prev_month_cost_usd: null, yoy_cost_usd: null },
    ]);
    expect((await fixture.summary("2026-02")).totals).toMatchObject({
      current_cost_usd: 28,
      prev_month_cost_usd: 31,
    });
    expect(result.billSpan).toContain("Left out: 2026-01; --backfill 3 collects it.");
    expect((await verifyPublished(fixture.store, parquet))?.faults).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4])(
    "of a steady account is unchanged where %i days are missing and one is partial",
    async (late) => {
      const at = "2026-03-10T06:00:00Z";
      const end = `2026-03-${String(9 - late).padStart(2, "0")}`;
      const bill = aBill([
        ...daily("2025-02-01", end),
        aCharge(end, { cost: "0.4", quantity: ["4", "GB-Mo"] }),
      ]);
      const fixture = new CollectionFixture();
      await fixture.collect(bill, { at });
      const { totals, windows, delivered_through, cost_centers, storage_metrics } =
        await fixture.summary("2026-03");
      const days = 8 - late;
      expect(totals).toMatchObject({
        current_cost_usd: days + 0.4,
        complete_days_cost_usd: days,
        prior_partial_cost_usd: days,
        forecast: { total_usd: 31, start: end, end: "2026-04-01" },
      });
      expect(delivered_through).toBe(`2026-03-${String(days).padStart(2, "0")}`);
      expect(windows.current.end).toBe(end);
      expect(windows.prior_partial?.end).toBe(end.replace("-03-", "-02-"));
      expect(cost_centers[0]).toMatchObject({ complete_days_cost_usd: days, prior_partial_cost_usd: days });
      expect(Math.abs((storage_metrics.total_volume_bytes ?? 0) - 310 * 2 ** 30)).toBeLessThan(1_000);
      expect(storage_metrics.tiers).toMatchObject([{ cost_usd: days + 0.4, complete_days_cost_usd: days }]);
      expect((await verifyPublished(fixture.store, parquet))?.faults).toEqual([]);
      fixture.clearQueries();
      await fixture.collect(bill, { at: "2026-03-10T07:00:00Z" });
      expect(fixture.queries.length + fixture.forecasts.length).toBe(7);
    },
  );

  it("is unchanged by a second event of the same time, unless forced", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-03-08"));
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    const again = await fixture.collect(bill, { at: "2026-03-08T06:00:00Z" });
    expect([outcomes(again), again.generation]).toEqual([["2026-03 unchanged", "2026-02 unchanged"], null]);
    const forced = await fixture.collect(bill, { at: "2026-03-08T06:00:00Z", force: true });
    expect(forced.generation).toBe(2);
  });
});

describe("answers that contradict each other", () => {
  const bill = aBill(["a", "b", "c"].flatMap((workload) => daily("2025-01-01", "2026-03-08", { workload })));
  const at = "2026-03-08T06:00:00Z";

  it.each(Object.keys(queries))(
    "fail the run after the period was read once more, and change nothing: %s",
    async (which) => {
      const fixture = new CollectionFixture();
      await fixture.collect(bill, { at: "2026-03-07T06:00:00Z" });
      const before = await fixture.files();
      for (const break_ of [dropped, doubled]) {
        const source = breaking(billSource(bill, { at }), which, break_, Number.POSITIVE_INFINITY);
        await expect(fixture.collect(source, { at })).rejects.toThrow(/sum to|differ/);
      }
      expect(await fixture.files()).toEqual(before);
    },
  );

  it.each(["total", "workloads", "services", "prior usage"])(
    "fail the run also where only the days before are contradicted, which the running month is compared with: %s",
    async (which) => {
      const today = "2026-03-15T06:00:00Z";
      for (const break_ of [dropped, doubled]) {
        const fixture = new CollectionFixture();
        await fixture.collect(bill, { at: "2026-03-14T06:00:00Z" });
        const before = await fixture.files();
        const source = breaking(
          billSource(bill, { at: today }),
          which,
          onFirstDay(break_),
          Number.POSITIVE_INFINITY,
        );
        await expect(fixture.collect(source, { at: today })).rejects.toThrow(/2026-02: .* sum to/);
        expect(await fixture.files()).toEqual(before);
      }
    },
  );

  it("fail the run where the same days of the month before lack usage that cost nothing", async () => {
    const fixture = new CollectionFixture();
    const free = { usageType: "TimedStorage-SIA-ByteHrs", cost: "0", quantity: ["5000", "GB-Mo"] } as const;
    const source = billSource(aBill([...bill.charges, aCharge("2026-02-20", free)]), { at });
    const lost: Breakage = ({ rows, estimated }) => ({
      rows: rows.filter(({ keys }) => keys[1] !== free.usageType),
      estimated,
    });
    await expect(
      fixture.collect(breaking(source, "prior usage", lost, Number.POSITIVE_INFINITY), { at }),
    ).rejects.toThrow(
      "2026-02: the workloads' and the services' quantities of \"TimedStorage-SIA-ByteHrs\" differ",
    );
    expect(await fixture.store.list("")).toEqual([]);
  });

  it.each(["workloads", "prior usage"])(
    "are accepted when the second reading agrees: AWS revised the bill in between (%s)",
    async (which) => {
      const fixture = new CollectionFixture();
      const result = await fixture.collect(breaking(billSource(bill, { at }), which, dropped, 1), { at });
      expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    },
  );
});

describe("a run short of time", () => {
  it("publishes the complete months, and names the others", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2024-06-01", "2026-03-08"));
    let left = 15;
    const source = refusing(billSource(bill, { at: "2026-03-08T06:00:00Z" }), () => left-- <= 0, "deadline");
    const result = await fixture.collect(source, { at: "2026-03-08T06:00:00Z", backfill: 6 }, {}, 2);
    expect(outcomes(result)).toEqual([
      "2026-03 published",
      "2026-02 published",
      "2026-01 skipped",
      "2025-12 skipped",
      "2025-11 skipped",
      "2025-10 skipped",
      "2025-09 skipped",
    ]);
    const published = result.months.filter(({ outcome }) => outcome === "published");
    expect(result.months.slice(-1)[0]?.why).toBe("2025-09 is not collected yet: refused: deadline");
    for (const { period } of published) {
      const { totals } = await fixture.summary(period);
      expect([totals.prev_month_cost_usd, totals.yoy_cost_usd].every((cost) => cost !== null)).toBe(true);
    }
  });

  it("has the newest months of a year's backfill complete, although the oldest is what they are compared with", async () => {
    const fixture = new CollectionFixture();
    const bill = aBill(daily("2024-06-01", "2026-03-08"));
    let left = 24;
    const source = refusing(billSource(bill, { at: "2026-03-08T06:00:00Z" }), () => left-- <= 0, "deadline");
    const result = await fixture.collect(source, { at: "2026-03-08T06:00:00Z", backfill: 13 }, {}, 3);
    expect(outcomes(result).slice(0, 2)).toEqual(["2026-03 published", "2026-02 published"]);
    expect(outcomes(result)).toContain("2025-06 skipped");
  });
});

describe("an event that comes again", () => {
  const bill = aBill(daily("2024-06-01", "2026-03-08"));
  const at = "2026-03-08T06:00:00Z";

  it("queries nothing that was collected at its time, and names the months", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at, freshSince: at });
    fixture.clearQueries();
    const again = await fixture.collect(bill, { at, freshSince: at });
    expect([outcomes(again), again.generation]).toEqual([["2026-03 unchanged", "2026-02 unchanged"], null]);
    expect(again.months[0]?.why).toContain("was collected at 2026-03-08T06:00:00Z and was not queried again");
    expect(fixture.queries).toEqual([]);
  });

  it("later continues a backfill where its time ended, until nothing is left", async () => {
    const fixture = new CollectionFixture();
    const asked: string[][] = [];
    for (const hour of ["06", "07", "08", "09"]) {
      const event = { at: `2026-03-08T${hour}:00:00Z`, freshSince: `2026-03-07T${hour}:00:00Z`, backfill: 6 };
      let left = 15;
      const source = refusing(billSource(bill, { at: event.at }), () => left-- <= 0, "deadline");
      const result = await fixture.collect(source, event, {}, 2);
      asked.push(result.months.filter(({ outcome }) => outcome === "published").map(({ period }) => period));
      expect(result.months).toHaveLength(7);
      if (result.months.every(({ outOfTime }) => outOfTime === undefined)) break;
    }
    expect(asked.flat()).toEqual([...new Set(asked.flat())].sort().reverse());
    expect(asked.flat()).toHaveLength(7);
    expect(asked.length).toBeGreaterThan(1);
  });
});

/** A published parquet file, as an outside reader sees it. */
async function rowsIn(fixture: CollectionFixture, key: string) {
  const body = (await fixture.store.get(key))?.body ?? new Uint8Array();
  return parquetReadObjects({ file: Uint8Array.from(body).buffer, compressors });
}

function refusing(
  source: CostSource,
  when: (query: CostQuery) => boolean,
  failure: CostSourceError["failure"],
): CostSource {
  return {
    ...through(source),
    async query(query) {
      if (when(query)) throw new CostSourceError(failure, query.window, `refused: ${failure}`);
      return source.query(query);
    },
  };
}

type Breakage = (answer: CostAnswer) => CostAnswer;
const dropped: Breakage = ({ rows, estimated }) => ({ rows: rows.slice(0, -1), estimated });
const doubled: Breakage = ({ rows, estimated }) => ({ rows: [...rows, ...rows.slice(-1)], estimated });

/** Breaks an answer at its first rows only, leaving the days that follow as they are. */
const onFirstDay =
  (break_: Breakage): Breakage =>
  ({ rows, estimated }) => {
    const later = rows.slice(1);
    return { rows: [...break_({ rows: rows.slice(0, 1), estimated }).rows, ...later], estimated };
  };

const isUsage = ({ groupBy: [first, second] }: CostQuery) =>
  first?.by === "tag" && second?.by === "usageType";

/** The queries about months that are published, one of which is a running one. */
const queries: Readonly<Record<string, (query: CostQuery) => boolean>> = {
  total: ({ groupBy }) => groupBy.length === 0,
  workloads: ({ groupBy }) => groupBy[1]?.by === "costCategory",
  services: ({ groupBy: [first, second] }) => first?.by === "service" && second?.by === "usageType",
  "charge types": ({ groupBy }) => groupBy[1]?.by === "chargeType",
  usage: (query) => isUsage(query) && query.window.start.endsWith("-01"),
  "prior usage": (query) => isUsage(query) && !query.window.start.endsWith("-01"),
};

/** Breaks the answers to one of `queries`, `times` times. */
function breaking(source: CostSource, which: string, break_: Breakage, times: number): CostSource {
  let broken = 0;
  return {
    ...through(source),
    async query(one) {
      const answer = await source.query(one);
      if (!queries[which]?.(one) || broken >= times) return answer;
      broken += 1;
      return break_(answer);
    },
  };
}

function through(source: CostSource): CostSource {
  return {
    query: (query) => source.query(query),
    forecast: (query) => source.forecast(query),
    costCategories: (window) => source.costCategories(window),
    splitCharges: (name) => source.splitCharges(name),
  };
}
