import { usageTypeTable } from "@dapanoskop/dataset";
import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import type { ComparedUsage } from "../data/compared-usage.ts";
import { usageRows } from "./usage-rows.ts";

type UsedInMonth = readonly [workload: string, usageType: string, now: number, before: number];

/** The usage of February 2026, compared with January. */
function usageOf(charges: readonly UsedInMonth[], change: Partial<ComparedUsage> = {}): ComparedUsage {
  const table = usageTypeTable();
  for (const [workload, usageType, now, before] of charges) {
    if (now !== 0) table.push(workload, usageType, "Compute", "2026-02", now, 1);
    if (before !== 0) table.push(workload, usageType, "Compute", "2026-01", before, 1);
  }
  const { summary } = aPublishedMonth({ at: "2026-03-08T06:00:00Z", period: "2026-02", centers: [] });
  const sides = { current: "2026-02", previous: "2026-01", yearBefore: "2025-02" };
  return {
    summary,
    tables: [{ columns: table.columns(), sides }],
    isComparable: true,
    hasOnlyCompleteDays: false,
    ...change,
  };
}

const workloads = (...displayed: readonly (readonly [name: string, cents: bigint])[]) =>
  displayed.map(([name, cents]) => ({ name, displayed: cents }));

const texts = ({ rows }: ReturnType<typeof usageRows>) =>
  rows
    .flatMap((row) => [row, ...row.usageTypes])
    .map(({ name, others, displayed }) => {
      const label = others === null ? name : `${others.count} ${others.of}`;
      return `${label}: ${displayed}`;
    });

describe("what the workloads of a month used", () => {
  it("lists usage types of at least 0.5 % of the month, and the others together", () => {
    const usage = usageOf([
      ["web", "BoxUsage", 990, 990],
      ["web", "Bytes", 5, 5],
      ["web", "Requests", 4.99, 4.99],
      ["web", "Alarms", 0.01, 0.01],
    ]);
    expect(texts(usageRows(usage, workloads(["web", 100_000n])))).toEqual([
      "web: 100000",
      "BoxUsage: 99000",
      "Bytes: 500",
      "2 usage types: 500",
    ]);
  });

  it("lists a usage type that changed by so much, also one that is gone", () => {
    const usage = usageOf([
      ["web", "BoxUsage", 1_000, 1_000],
      ["web", "Gone", 0, 6],
      ["web", "Bytes", 1, 1],
      ["web", "Requests", 1, 1],
    ]);
    expect(texts(usageRows(usage, workloads(["web", 100_200n])))).toEqual([
      "web: 100200",
      "BoxUsage: 100000",
      "Gone: 0",
      "2 usage types: 200",
    ]);
    const unknown = { ...usage, isComparable: false };
    expect(texts(usageRows(unknown, workloads(["web", 100_200n])))).not.toContain("Gone: 0");
    expect(usageRows(unknown, workloads(["web", 100_200n])).rows[0]?.before).toBeNull();
  });

  it("has workloads without a large usage type together in the last row", () => {
    const usage = usageOf([
      ["web", "BoxUsage", 1_000, 0],
      ["small", "Bytes", 1, 0],
      ["tiny", "Bytes", 0.5, 0],
    ]);
    expect(texts(usageRows(usage, workloads(["web", 100_000n], ["small", 100n], ["tiny", 50n])))).toEqual([
      "web: 100000",
      "BoxUsage: 100000",
      "2 workloads: 150",
    ]);
  });

  it("gives a single other usage type its own row", () => {
    const usage = usageOf([
      ["web", "BoxUsage", 1_000, 0],
      ["web", "Bytes", 1, 0],
    ]);
    expect(texts(usageRows(usage, workloads(["web", 100_100n])))).toEqual([
      "web: 100100",
      "BoxUsage: 100000",
      "Bytes: 100",
    ]);
  });

  it("adds up to the displayed cost of each workload, whatever is rounded", () => {
    const third = 100 / 3;
    const usage = usageOf([
      ["web", "A", third, 0],
      ["web", "B", third, 0],
      ["web", "C", third, 0],
    ]);
    const { total, rows } = usageRows(usage, workloads(["web", 10_001n]));
    const parts = rows[0]?.usageTypes.map(({ displayed }) => displayed) ?? [];
    expect(parts.reduce((all, part) => all + part, 0n)).toBe(10_001n);
    expect(total).toBe(10_001n);
  });

  it("adds up to its own total where only the complete days are known by usage type", () => {
    const usage = usageOf([["web", "A", 90, 0]], { hasOnlyCompleteDays: true });
    expect(usageRows(usage, workloads(["web", 10_000n]))).toMatchObject({ total: 9_000n });
  });
});
