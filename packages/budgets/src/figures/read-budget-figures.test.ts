import { moneyText } from "@dapanoskop/core/money";
import { memoryStore } from "@dapanoskop/dataset/store";
import { aSummary, publishSummary } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { readBudgetFigures } from "./read-budget-figures.ts";

const AT = "2026-03-11T08:00:00Z";

describe("the figures of budgets", () => {
  it("are those of the published months of two quarters", async () => {
    const store = memoryStore();
    for (const month of ["2025-09", "2025-10", "2026-02", "2026-03"]) {
      await publishSummary(store, aSummary({ period: month }));
    }
    const { months, daily, problem } = await readBudgetFigures(store, AT);
    expect([...months.keys()].sort()).toEqual(["2025-10", "2026-02", "2026-03"]);
    expect({ daily, problem }).toEqual({ daily: null, problem: null });
    const march = months.get("2026-03");
    const summary = aSummary({ period: "2026-03" });
    expect(march?.total && moneyText(march.total)).toBe(String(summary.totals.current_cost_usd));
    expect(march?.costCenters.map(({ name }) => name)).toEqual(summary.cost_centers.map(({ name }) => name));
  });

  it("name a cost center without charges of the month, that a compared month lists", async () => {
    const store = memoryStore();
    const summary = aSummary({ period: "2026-03" });
    const zero = { current_cost_usd: 0, prev_month_cost_usd: 5, yoy_cost_usd: null };
    const gone = {
      name: "Gone",
      kind: "named" as const,
      ...zero,
      direct_cost_usd: 0,
      allocated_cost_usd: 0,
      workloads: [],
    };
    const shared = { ...gone, name: "Shared", direct_cost_usd: 3, allocated_cost_usd: -3 };
    await publishSummary(store, { ...summary, cost_centers: [gone, shared] });
    const { months } = await readBudgetFigures(store, AT);
    expect(months.get("2026-03")?.costCenters.map(({ name, hasCharges }) => [name, hasCharges])).toEqual([
      ["Gone", false],
      ["Shared", true],
    ]);
  });

  it("are a problem where nothing is published, or what is cannot be read", async () => {
    const store = memoryStore();
    expect((await readBudgetFigures(store, AT)).problem).toMatch(/^Nothing is published in /);
    await publishSummary(store, aSummary({ period: "2026-03" }));
    const key = [...store.objects.keys()].find((name) => name.endsWith("summary.json")) ?? "";
    await store.overwrite(key, { body: new TextEncoder().encode("{}"), contentType: "application/json" });
    const { months, problem } = await readBudgetFigures(store, AT);
    expect(months.size).toBe(0);
    expect(problem).toMatch(/is not what was published/);
  });
});
