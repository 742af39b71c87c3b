import type { CostSource } from "@dapanoskop/core/source";

const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };

/** What a bill cost in February 2026, in dollars. */
export async function februaryTotal(source: CostSource): Promise<number> {
  const { rows } = await source.query({
    window: FEBRUARY,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [],
  });
  return rows.reduce((sum, { cost }) => sum + Number(cost.units) / 1e12, 0);
}
