import { type UsageTypeColumns, usageTypeTable } from "@dapanoskop/dataset";
import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { anIndex, aReader } from "../testing/render-page.tsx";
import { comparedUsage } from "./compared-usage.ts";

const aFile = (workload: string, ...periods: readonly string[]): UsageTypeColumns => {
  const table = usageTypeTable();
  for (const period of periods) table.push(workload, "BoxUsage", "Compute", period, 1, 1);
  return table.columns();
};
const own = aFile("own", "2026-03", "2026-02");
const [sameDays, completeDays] = [
  aFile("same days", "2026-02"),
  aFile("complete days", "2026-03", "2026-02"),
];

const usageOf = (at: string, before: number | null, file: UsageTypeColumns | null = sameDays) => {
  const published = aPublishedMonth({
    at,
    period: "2026-03",
    centers: [
      { name: "A", workloads: [{ name: "web", current: 5, prevMonth: before, priorPeriodToDate: before }] },
    ],
  });
  const reader = aReader(published, {
    usage: async () => own,
    priorPeriodToDateUsage: async () => file,
  });
  return comparedUsage(reader, anIndex(published), published.summary);
};

describe("the usage of a month and of the compared period", () => {
  it("is in one file when the month is closed: that month, the month before, and the year before", async () => {
    const { tables, isComparable, summary } = await usageOf("2026-04-08T06:00:00Z", 4);
    expect(tables).toEqual([
      { columns: own, sides: { current: "2026-03", previous: "2026-02", yearBefore: "2025-03" } },
    ]);
    expect([isComparable, summary.period]).toEqual([true, "2026-03"]);
  });

  it("is in two files while the month runs: the same days of the month before are in the second", async () => {
    const { tables, isComparable, hasOnlyCompleteDays } = await usageOf("2026-03-08T06:00:00Z", 4);
    expect(tables).toEqual([
      { columns: own, sides: { current: "2026-03", yearBefore: "2025-03" } },
      { columns: sameDays, sides: { previous: "2026-02" } },
    ]);
    expect(isComparable).toBe(true);
    expect(hasOnlyCompleteDays).toBe(false);
  });

  it("has the month's own side in the second file where its complete days are not all days so far", async () => {
    const { tables, hasOnlyCompleteDays } = await usageOf("2026-03-08T06:00:00Z", 4, completeDays);
    expect(hasOnlyCompleteDays).toBe(true);
    expect(tables).toEqual([
      { columns: own, sides: { yearBefore: "2025-03" } },
      { columns: completeDays, sides: { current: "2026-03", previous: "2026-02" } },
    ]);
  });

  it("cannot be compared without the second file, or when the cost before is unknown", async () => {
    const withoutFile = await usageOf("2026-03-08T06:00:00Z", 4, null);
    expect([withoutFile.tables.length, withoutFile.isComparable]).toEqual([1, false]);
    expect((await usageOf("2026-03-08T06:00:00Z", null)).isComparable).toBe(false);
    expect((await usageOf("2026-04-08T06:00:00Z", null)).isComparable).toBe(false);
  });

  it("is compared with a cost of 0", async () => {
    expect((await usageOf("2026-04-08T06:00:00Z", 0)).isComparable).toBe(true);
  });
});
