import { describe, expect, it } from "vitest";
import { aDailyFigures } from "./testing/index.ts";

describe("daily figures of a test", () => {
  it("have a total that every list of sums has", () => {
    const figures = aDailyFigures({
      from: "2026-02-27",
      through: "2026-03-02",
      costCenters: [
        { name: "Uncategorized", costs: 0.1 },
        { name: "Web", costs: (day) => (day === "2026-03-01" ? 5 : 0.2) },
      ],
      chargeTypes: [
        { name: "Usage", costs: [0.3, 0.3, 0.1, 0.3] },
        { name: "Tax", costs: [0, 0, 5, 0] },
      ],
    });
    expect(figures.days).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(figures.total).toEqual([0.3, 0.3, 5.1, 0.3]);
    expect(figures.services).toEqual([
      { name: "Amazon Elastic Compute Cloud - Compute", costs: figures.total },
    ]);
    expect(figures.costCenters.map(({ name, kind }) => [name, kind])).toEqual([
      ["Web", "named"],
      ["Uncategorized", "uncategorized"],
    ]);
    expect(figures.history).toEqual([
      { month: "2026-03", isRunning: true, total: [5.1, 0.3], usage: [0.1, 0.3] },
    ]);
    expect(figures.completeThrough).toBe("2026-03-02");
  });

  it("have no quantities where a usage type has no unit", () => {
    const { usageTypes } = aDailyFigures({
      from: "2026-03-01",
      through: "2026-03-02",
      usageTypes: [
        { service: "S3", usageType: "A", costs: 1 },
        { service: "S3", usageType: "B", costs: 2, unit: "Hrs", quantities: [3, null] },
      ],
    });
    expect(usageTypes.map(({ usageType, quantities }) => [usageType, quantities])).toEqual([
      ["B", [3, null]],
      ["A", [null, null]],
    ]);
  });
});
