import { type Bill, billSource, type CostQuery, type CostSource } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { aBill, aCharge, CollectionFixture, daily } from "../testing/collection-fixture.ts";

const at = "2026-03-08T06:00:00Z";
const SUPPORT_PLAN = "AWS Support (Business)";
const plan = (day: string, chargeType: string, cost: string) =>
  aCharge(day, {
    service: SUPPORT_PLAN,
    usageType: "Dollar",
    chargeType,
    workload: null,
    center: null,
    cost,
  });
const used = [
  ...daily("2026-02-01", "2026-03-08"),
  ...daily("2026-02-01", "2026-03-08", { workload: null, cost: "0.5" }),
];

async function collected(charges: Bill["charges"], own: Partial<CostSource> = {}) {
  const fixture = new CollectionFixture();
  await fixture.collect({ ...billSource(aBill([...used, ...charges]), { at }), ...own }, { at });
  const { tagged_cost_usd, untagged_cost_usd, untaggable_cost_usd, tagged_percentage } = (
    await fixture.summary("2026-02")
  ).tagging_coverage;
  return {
    sides: [tagged_cost_usd, untagged_cost_usd, untaggable_cost_usd],
    percentage: tagged_percentage,
    queries: fixture.queries.filter(({ window }) => window.start >= "2026-02-01"),
    summary: await fixture.summary("2026-02"),
  };
}
const isFiltered = ({ filter }: CostQuery) => filter !== undefined;

describe("tagging coverage by tag and charge type", () => {
  it("is queried in one request, by tag and charge type", async () => {
    const { sides, percentage, queries } = await collected([plan("2026-02-02", "Support", "10")]);
    expect([sides, percentage]).toEqual([[28, 14, 10], 66.7]);
    const queried = queries.filter(({ groupBy }) => groupBy.some(({ by }) => by === "chargeType"));
    expect(queried.map(({ groupBy }) => groupBy)).toEqual([
      [{ by: "tag", key: "App" }, { by: "chargeType" }],
    ]);
  });

  it("counts nothing twice: a tagged tax and a tagged credit are on one side", async () => {
    const { sides, percentage } = await collected([
      aCharge("2026-02-03", { chargeType: "Tax", cost: "30" }),
      aCharge("2026-02-03", { chargeType: "Credit", cost: "-12" }),
    ]);
    expect([sides, percentage]).toEqual([[28, 14, 18], 66.7]);
  });

  it("knows a support plan by its service, without a request more, also where it is billed as usage", async () => {
    const tax = aCharge("2026-02-02", {
      service: "Tax",
      usageType: "NoUsageType",
      chargeType: "Tax",
      cost: "2",
    });
    const asUsage = await collected([
      tax,
      plan("2026-02-02", "Usage", "10"),
      plan("2026-03-02", "Usage", "3"),
    ]);
    expect(asUsage.sides).toEqual([28, 14, 12]);
    expect(asUsage.queries.filter(isFiltered)).toHaveLength(1);
    const plain = await collected([]);
    expect(plain.queries.filter(isFiltered)).toEqual([]);
    expect(asUsage.queries).toHaveLength(plain.queries.length);
  });

  it("separates the usage of a support plan that a credit reduces on the same day with one request more", async () => {
    const { sides, queries } = await collected([
      plan("2026-02-02", "Usage", "10"),
      plan("2026-02-02", "Credit", "-4"),
    ]);
    expect(sides).toEqual([28, 14, 6]);
    expect(queries.filter(isFiltered)).toHaveLength(2);
  });

  it("adds up to the total where each answer is rounded", async () => {
    const inner = billSource(aBill([...used, plan("2026-02-02", "Usage", "10")]), { at });
    const { sides, summary } = await collected([], {
      async query(query) {
        const answer = await inner.query(query);
        const nudge = query.filter === undefined ? 0n : 50n;
        const rows = answer.rows.map((row) => ({
          ...row,
          cost: { ...row.cost, units: row.cost.units + nudge },
        }));
        return { ...answer, rows };
      },
    });
    expect(summary.totals.current_cost_usd).toBe(52);
    expect(sides).toEqual([28.0000000014, 13.9999999986, 10]);
  });

  it("fails the run where the answer lost a page, with a support plan as without one", async () => {
    for (const charges of [[], [plan("2026-02-02", "Usage", "10")]]) {
      const inner = billSource(aBill([...used, ...charges]), { at });
      const lost = collected([], {
        async query(query) {
          const answer = await inner.query(query);
          const isShort = query.groupBy.some(({ by }) => by === "chargeType");
          return isShort ? { ...answer, rows: answer.rows.slice(2) } : answer;
        },
      });
      await expect(lost).rejects.toThrow(/the charge types sum to/);
    }
  });
});
