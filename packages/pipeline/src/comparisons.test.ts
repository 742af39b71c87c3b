import { billSource, type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { aBill, CollectionFixture, daily } from "./testing/collection-fixture.ts";

// What a month is compared with, over several collections one after another.

const at = "2026-03-08T06:00:00Z";
const next = "2026-03-09T06:00:00Z";
/** 1 a day, 2 a day in February, 3 a day in March, so that no two months look alike. */
const before = [
  ...daily("2025-01-01", "2026-02-01"),
  ...daily("2026-02-01", "2026-03-01", { cost: "2" }),
  ...daily("2026-03-01", "2026-03-31", { cost: "3" }),
];
const bill = aBill(before);
const without = (month: string) => before.filter(({ day }) => !day.startsWith(month));
const fallen = aBill([...without("2026-02"), ...daily("2026-02-01", "2026-02-03", { cost: "2" })]);
const empty = aBill(without("2026-02"));

const outcomes = (result: { months: readonly { period: string; outcome: string }[] }) =>
  result.months.map(({ period, outcome }) => `${period} ${outcome}`);

/** The bill's source, which has no data of windows that end within the months. */
function unavailable(months: readonly string[], time: string): CostSource {
  const { query, ...rest } = billSource(bill, { at: time });
  return {
    ...rest,
    query: async (one) => {
      const isRefused = months.some(
        (month) => month <= one.window.end.slice(0, 7) && one.window.start.startsWith(month),
      );
      if (isRefused)
        throw new CostSourceError("data-unavailable", one.window, `No data for ${one.window.start}.`);
      return query(one);
    },
  };
}

async function comparisonsIn(fixture: CollectionFixture, month: string) {
  const { totals, cost_centers } = await fixture.summary(month);
  const { prev_month_cost_usd: previous, yoy_cost_usd: yearBefore, prior_partial_cost_usd: prior } = totals;
  expect(cost_centers[0]?.prev_month_cost_usd ?? null).toBe(previous);
  return { previous, yearBefore, prior };
}

describe("a month that is quarantined", () => {
  it("is compared with as it is published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    const result = await fixture.collect(fallen, { at: next });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 quarantined"]);
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBe(56);
  });

  it("gives no prior period to date, which would be a part of the rejected figures", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    expect((await comparisonsIn(fixture, "2026-03")).prior).toBe(14);
    await fixture.collect(fallen, { at: next });
    expect((await comparisonsIn(fixture, "2026-03")).prior).toBeNull();
    await fixture.collect(fallen, { at: "2026-03-09T07:00:00Z", force: true });
    expect(await comparisonsIn(fixture, "2026-03")).toMatchObject({ previous: 4, prior: 4 });
  });

  it("gives no prior period to date either where the run does not collect that month", async () => {
    const fixture = new CollectionFixture();
    const whole = daily("2026-02-01", "2026-03-20");
    await fixture.collect(aBill(whole), { at: "2026-03-12T06:00:00Z" });
    const lost = aBill(whole.filter(({ day }) => day < "2026-02-11" || day >= "2026-03-01"));
    const result = await fixture.collect(lost, { at: "2026-03-13T06:00:00Z" });
    expect(outcomes(result)).toEqual(["2026-03 published"]);
    expect(result.warnings).toEqual([
      expect.stringMatching(
        /^The same days of the month before are not compared. 2026-02 .* fell from 28 to 10 USD/,
      ),
    ]);
    expect((await comparisonsIn(fixture, "2026-03")).prior).toBeNull();
  });

  it("is compared with as it is published by a closed month too, and a year later", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at, backfill: 13 });
    const broken = aBill([
      ...before.filter(({ day }) => !day.startsWith("2026-01") && !day.startsWith("2025-03")),
      ...daily("2026-01-01", "2026-01-03"),
      ...daily("2025-03-01", "2025-03-03"),
    ]);
    const result = await fixture.collect(broken, { at: next, backfill: 13 });
    expect(outcomes(result)).toEqual(expect.arrayContaining(["2026-01 quarantined", "2025-03 quarantined"]));
    expect((await comparisonsIn(fixture, "2026-03")).yearBefore).toBe(31);
    expect((await comparisonsIn(fixture, "2026-02")).previous).toBe(31);
    expect((await comparisonsIn(fixture, "2025-04")).previous).toBe(31);
  });

  it("is unknown where it is published under another configuration", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    const result = await fixture.collect(fallen, { at: next }, { includeEfs: true });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 quarantined"]);
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBeNull();
  });
});

describe("a month that comes back empty", () => {
  it("is compared with as it is published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    for (const force of [false, true]) {
      const result = await fixture.collect(empty, { at: next, force });
      expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 quarantined"]);
      expect(await comparisonsIn(fixture, "2026-03")).toEqual({ previous: 56, yearBefore: 31, prior: null });
    }
  });

  it("is 0 where it was never published", async () => {
    const fixture = new CollectionFixture();
    const result = await fixture.collect(empty, { at });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 skipped"]);
    expect(await comparisonsIn(fixture, "2026-03")).toEqual({ previous: 0, yearBefore: 31, prior: 0 });
  });

  it("is unknown where only a part of it is published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-02-20T06:00:00Z" });
    await fixture.collect(empty, { at });
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBeNull();
  });
});

describe("a month that is published while it runs", () => {
  it("is queried as a whole when a later month is compared with it", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-02-20T06:00:00Z" });
    await fixture.collect(bill, { at, period: "2026-03" });
    expect((await fixture.summary("2026-02")).totals.current_cost_usd).toBe(38);
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBe(56);
  });

  it("is unknown where the source refuses the whole month", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-02-20T06:00:00Z" });
    const result = await fixture.collect(unavailable(["2026-02"], at), { at });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 skipped"]);
    expect(await comparisonsIn(fixture, "2026-03")).toEqual({ previous: null, yearBefore: 31, prior: null });
  });
});

describe("a month that the source refuses in the middle of a run", () => {
  it("is compared with as it is published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at });
    const result = await fixture.collect(unavailable(["2026-02"], next), { at: next });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 skipped"]);
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBe(56);
  });

  it("is unknown where it was never published", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(unavailable(["2026-02"], at), { at });
    expect((await comparisonsIn(fixture, "2026-03")).previous).toBeNull();
  });
});

describe("a month that is published as of a later time", () => {
  it("is compared with as it is published, not as the earlier event computes it", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z", backfill: 1 });
    await fixture.collect(bill, { at: "2026-03-08T06:00:00Z", period: "2026-01" });
    const revised = aBill([...before, ...daily("2026-01-01", "2026-02-01", { workload: "late" })]);
    await fixture.collect(revised, { at: "2026-03-10T06:00:00Z", period: "2026-01" });
    const result = await fixture.collect(bill, { at: next, backfill: 2 });
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published", "2026-01 unchanged"]);
    expect((await comparisonsIn(fixture, "2026-02")).previous).toBe(62);
  });
});

describe("a split rule that changes", () => {
  const shared = [...before, ...daily("2025-01-01", "2026-03-31", { center: "Shared" })];
  const ruled = (targets: readonly string[]) =>
    aBill(shared, [
      { name: "CostCenter", splitCharges: [{ source: "Shared", targets, method: { kind: "even" } }] },
    ]);
  const centers = async (fixture: CollectionFixture, month: string) => {
    const { cost_centers } = await fixture.summary(month);
    return new Map(
      cost_centers.map((row) => [
        row.name,
        [row.current_cost_usd, row.prev_month_cost_usd, row.yoy_cost_usd],
      ]),
    );
  };

  it("applies to both sides of every comparison: published figures of the old rule are queried again", async () => {
    const fixture = new CollectionFixture();
    await fixture.collect(ruled(["A"]), { at, backfill: 13 });
    expect(await centers(fixture, "2026-03")).toEqual(
      new Map([
        ["A", [28, 84, 62]],
        ["Shared", [0, 0, 0]],
      ]),
    );
    await fixture.collect(ruled(["B"]), { at: next });
    expect(await centers(fixture, "2026-03")).toEqual(
      new Map([
        ["A", [24, 56, 31]],
        ["B", [8, 28, 31]],
        ["Shared", [0, 0, 0]],
      ]),
    );
    expect(await centers(fixture, "2026-02")).toEqual(
      new Map([
        ["A", [56, 31, 28]],
        ["B", [28, 31, 28]],
        ["Shared", [0, 0, 0]],
      ]),
    );
  });
});
