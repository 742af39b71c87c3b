import { aBudget } from "@dapanoskop/core/budget/testing";
import { memoryState } from "@dapanoskop/core/state";
import { describe, expect, it } from "vitest";
import { budgetOf, budgetsOf, deleteBudget, putBudget } from "./budget-records.ts";

const AT = "2026-03-01T06:00:00Z";
const LATER = "2026-03-02T06:00:00Z";

describe("the budgets of an owner", () => {
  it("are created, replaced and removed: each change by what is permitted", async () => {
    const state = memoryState();
    const put = (
      limit: string,
      options: Omit<Parameters<typeof putBudget>[3], "at"> & { readonly at?: string },
    ) => putBudget("user:a", aBudget({ id: "all", limit }), state, { at: AT, ...options });
    expect(await put("1", { mode: "replace" })).toBe("refused");
    expect(await put("1", { mode: "create" })).toBe("created");
    expect(await put("2", { mode: "create" })).toBe("refused");
    const first = await budgetOf("user:a", "all", state);
    expect(await put("2", { mode: "replace", version: "another" })).toBe("refused");
    expect(await budgetOf("user:a", "all", state)).toEqual(first);
    const version = first?.version ?? "";
    expect(await put("2", { mode: "replace", version, at: LATER })).toBe("replaced");
    const second = await budgetOf("user:a", "all", state);
    expect(second).toMatchObject({ budget: { limit: "2" }, createdAt: AT, updatedAt: LATER });
    expect(second?.version).not.toBe(version);
    expect(await put("3", { mode: "replace", version })).toBe("refused");
    expect(await budgetsOf("user:b", state)).toEqual([]);
    expect([await deleteBudget("user:b", "all", state), await deleteBudget("user:a", "all", state)]).toEqual([
      false,
      true,
    ]);
    expect([await deleteBudget("user:a", "all", state), await budgetsOf("user:a", state)]).toEqual([
      false,
      [],
    ]);
  });

  it.each([
    {
      thresholds: [
        { of: "forecast", percent: "100" },
        { of: "actual", percent: "33.3" },
      ],
    },
    { period: "quarter" },
    { scope: { kind: "cost-center", name: "Web" } },
    { scope: { kind: "workload", name: "shop" } },
    { scope: { kind: "service", name: "Amazon S3" } },
    { rearm: true, audiences: [] },
  ] as const)("are kept as they are: %j", async (own) => {
    const state = memoryState();
    const budget = aBudget({ id: "all", ...own });
    await putBudget("local", budget, state, { at: AT, mode: "create" });
    expect((await budgetOf("local", "all", state))?.budget).toEqual(budget);
  });

  it("are refused where a record is of another form", async () => {
    const state = memoryState();
    const value = { schema: 2, budget: aBudget(), created_at: AT, updated_at: AT };
    await state.putIfAbsent({ partition: "budget#local", sort: "all" }, { value, expiresAt: null });
    await expect(budgetOf("local", "all", state)).rejects.toMatchObject({
      failure: "corrupt",
      message: expect.stringContaining("The record all of budget#local in memory is no budget that"),
    });
  });

  it.each(["", "A", "a b", "a".repeat(41), "#"])(
    "have none of an id that no budget can have: %j",
    async (id) => {
      const state = memoryState();
      expect([await budgetOf("local", id, state), await deleteBudget("local", id, state)]).toEqual([
        null,
        false,
      ]);
    },
  );

  it("are a hundred at most, and those of others do not count", async () => {
    const state = memoryState();
    const put = (owner: string, at: number, mode: "create" | "replace" = "create") =>
      putBudget(owner, aBudget({ id: `b-${at}` }), state, { at: AT, mode });
    for (let at = 0; at < 100; at++) expect(await put("user:a", at)).toBe("created");
    await expect(put("user:a", 100)).rejects.toThrow("There are 100 budgets, the most that one owner has.");
    expect([await put("user:a", 99, "replace"), await put("user:b", 100)]).toEqual(["replaced", "created"]);
  });

  it("are removed whatever they are by then", async () => {
    const state = memoryState();
    await putBudget("local", aBudget({ id: "all" }), state, { at: AT, mode: "create" });
    let changes = 2;
    const busy = {
      ...state,
      async remove(...args: Parameters<typeof state.remove>) {
        const record = changes > 0 ? await state.get(args[0]) : null;
        changes -= 1;
        if (record !== null)
          await state.putIfVersion(args[0], { value: record.value, expiresAt: null }, record.version);
        return state.remove(...args);
      },
    };
    expect(await deleteBudget("local", "all", busy)).toBe(true);
    expect([changes, await budgetsOf("local", state)]).toEqual([-1, []]);
  });
});
