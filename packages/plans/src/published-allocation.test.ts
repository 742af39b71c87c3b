import type { CostCenterFigures, MonthFigures } from "@dapanoskop/core/insight";
import { parseMoney } from "@dapanoskop/core/money";
import type { IndexDocument } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { publishedAllocation } from "./published-allocation.ts";

const workload = (name: string, cost: string, kind = "named") => ({
  name,
  kind,
  cost: { current: parseMoney(cost, "USD") },
});

const center = (name: string, kind: string, ...workloads: readonly unknown[]) =>
  ({ name, kind, workloads }) as unknown as CostCenterFigures;

const index = (periods: readonly string[], source: unknown) =>
  ({ periods, source }) as unknown as IndexDocument;

describe("how the newest published month allocates costs", () => {
  const asked: string[] = [];
  const reader = {
    figures: async (_: IndexDocument, month: string) => {
      asked.push(month);
      return {
        costCenters: [
          center("Web", "named", workload("shop", "10"), workload("api", "3"), workload("both", "2")),
          center(
            "Ops",
            "named",
            workload("api", "3.01"),
            workload("both", "2"),
            workload("Untagged", "9", "untagged"),
          ),
          center("Uncategorized", "uncategorized", workload("lost", "1")),
        ],
      } as unknown as MonthFigures;
    },
  };

  it("is by the tag key, each workload to the center where it costs most, the first of equal ones", async () => {
    const found = await publishedAllocation(reader, index(["2026-04", "2026-03"], { tag_key: "App" }));
    expect(asked).toEqual(["2026-04"]);
    expect(found.tagKey).toBe("App");
    expect(Object.fromEntries(found.costCenters)).toEqual({
      shop: "Web",
      api: "Ops",
      both: "Web",
      null: "Ops",
      lost: null,
    });
    expect(found.costCenters.has(null)).toBe(true);
  });

  it("is none where no month is published, or the month cannot be read any more", async () => {
    expect(await publishedAllocation(reader, index([], undefined))).toEqual({
      tagKey: null,
      costCenters: new Map(),
    });
    const gone = { figures: async () => null };
    expect((await publishedAllocation(gone, index(["2026-04"], null))).costCenters).toEqual(new Map());
  });
});
