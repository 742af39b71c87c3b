import { billSource } from "@dapanoskop/core/source";
import { readIndex } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { publishedComparisons } from "../compute/index.ts";
import type { CollectEvent } from "../event.ts";
import { type CollectConfig, defaultConfig } from "../options/index.ts";
import { publishedHistory } from "../published-history.ts";
import { aBill, CollectionFixture, daily, parquet } from "../testing/collection-fixture.ts";
import { queriesOf } from "./batch-queries.ts";
import { ALL_MONTHS, pagesOf, planCollection } from "./collection-plan.ts";
import { monthsToCollect } from "./months-to-collect.ts";
import { plannedRequests } from "./planned-requests.ts";
import { resolveConfig } from "./resolved-config.ts";

const at = "2026-03-08T06:00:00Z";
const bill = aBill(daily("2023-01-01", "2026-03-20"));
const uncategorised = aBill(daily("2023-01-01", "2026-03-20", { center: null }), []);

/** The plan of an event, as `collect` makes it with what is published. */
async function planOf(
  fixture: CollectionFixture,
  own: Partial<CollectEvent>,
  config: CollectConfig,
  of = bill,
) {
  const event = { at, backfill: 0, force: false, ...own };
  const index = await readIndex(fixture.store);
  const resolved = await resolveConfig(billSource(of, { at: event.at }), config, event.at);
  const history = publishedHistory(fixture.store, index, parquet, resolved.hash);
  const months = monthsToCollect(event, index, resolved.hash);
  const published = new Set((await publishedComparisons(months, history)).keys());
  return planCollection(months, {
    at: event.at,
    config: resolved,
    published,
    dataEnd: null,
    batchMonths: ALL_MONTHS,
  });
}

describe("the plan of a collection", () => {
  const variants: readonly (readonly [string, Partial<CollectConfig>, typeof bill])[] = [
    ["the default configuration", {}, bill],
    ["another tag key", { tagKey: "Team" }, bill],
    ["a named cost category", { costCategory: "CostCenter" }, bill],
    ["an account without cost categories", {}, uncategorised],
    ["split charges switched off", { splitCharges: false }, bill],
    ["another metric", { metric: "AmortizedCost" }, bill],
  ];
  const events: readonly (readonly [string, Partial<CollectEvent>, earlier: readonly string[]])[] = [
    ["a first collection", {}, []],
    ["an ordinary day", { at: "2026-03-09T06:00:00Z" }, [at]],
    ["a day after the 10th", { at: "2026-03-14T06:00:00Z" }, [at, "2026-03-13T06:00:00Z"]],
    ["the first of a month", { at: "2026-03-01T06:00:00Z" }, []],
    ["a backfill of two months", { backfill: 2 }, []],
    ["a backfill of a year", { backfill: 13 }, []],
    ["a backfill of everything", { backfill: 37 }, [at]],
    ["a single month", { period: "2025-07" }, [at]],
  ];
  const cases = variants.flatMap(([name, config, own]) =>
    events.map(([when, event, earlier]) => ({ name: `${when}, ${name}`, config, own, event, earlier })),
  );

  it.each(cases)(
    "contains every query that is made, in order: $name",
    async ({ config, own, event, earlier }) => {
      const fixture = new CollectionFixture();
      for (const time of earlier) await fixture.collect(own, { at: time }, config);
      const plan = await planOf(fixture, event, { ...defaultConfig, ...config }, own);
      fixture.clearQueries();
      await fixture.collect(own, { at, ...event }, config);
      expect(fixture.queries).toEqual(
        plan.steps.flatMap((step) => (step.kind === "forecast" ? [] : queriesOf(step.batch.queries))),
      );
      expect(fixture.forecasts).toEqual(
        plan.steps.flatMap((step) => (step.kind === "forecast" ? [step.query] : [])),
      );
      expect(pagesOf(plan)).toBe(fixture.queries.length + fixture.forecasts.length);
    },
  );

  it.each([0, 2, 13, 37])("is counted before a first collection with a backfill of %i", async (backfill) => {
    const event = { at, backfill, force: false };
    const fixture = new CollectionFixture();
    await fixture.collect(bill, event);
    const made = fixture.queries.length + fixture.forecasts.length;
    expect(plannedRequests(event, defaultConfig).pages).toBe(made);
  });

  it.each([
    [{ costCategory: null }, 3],
    [{ costCategory: "CostCenter" }, 2],
    [{ splitCharges: false }, 1],
    [{ costCategory: "CostCenter", splitCharges: false }, 1],
  ])("counts the requests about cost categories: %o", (config, other) => {
    expect(plannedRequests({ at, backfill: 0, force: false }, { ...defaultConfig, ...config }).other).toBe(
      other,
    );
  });

  it("queries seven pages on an ordinary day", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    expect(pagesOf(await planOf(fixture, { at: "2026-03-09T06:00:00Z" }, defaultConfig))).toBe(7);
  });

  it("queries the comparisons of a batch before the next batch, and the forecast after them", async () => {
    const fixture = new CollectionFixture();
    const { steps } = await planOf(fixture, { backfill: 3 }, defaultConfig);
    expect(
      steps.map((step) => [step.kind, step.kind === "forecast" ? [step.month] : step.batch.months]),
    ).toEqual([
      ["months", ["2026-02", "2026-03"]],
      ["comparisons", ["2025-02", "2025-03"]],
      ["forecast", ["2026-03"]],
      ["months", ["2025-12", "2026-01"]],
      ["comparisons", ["2025-11"]],
      ["comparisons", ["2024-12", "2025-01"]],
    ]);
  });

  it("leaves out the comparisons of months that have no charges", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(daily("2026-03-01", "2026-03-20")), { at, backfill: 4 });
    expect(new Set(fixture.queries.map(({ window }) => window.start.slice(0, 7)))).toEqual(
      new Set(["2026-02", "2025-02", "2025-11"]),
    );
  });
});
