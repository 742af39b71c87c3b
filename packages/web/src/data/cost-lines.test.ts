import { type Money, moneyText } from "@dapanoskop/core/money";
import type { Trend } from "@dapanoskop/dataset";
import { aSummary, type SummarySpec } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { type CostLine, costCenterLines, costCenterShares, workloadLine } from "./cost-lines.ts";

const text = (money: Money | null | undefined) => (money ? moneyText(money) : money);
const amounts = ({ current, previous, yearBefore, change, yearChange }: CostLine) => ({
  current: text(current),
  previous: text(previous),
  yearBefore: text(yearBefore),
  change: text(change.difference),
  yearChange: yearChange === null ? null : text(yearChange.difference),
});

const closed = "2026-04-08T06:00:00Z";
const running = "2026-03-08T06:00:00Z";
// Every amount differs, so that no two of them can be confused.
const centers: SummarySpec["centers"] = [
  {
    name: "A",
    allocated: 7,
    workloads: [
      { name: "web", current: 50, prevMonth: 31, yoy: 17, priorPeriodToDate: 11 },
      { name: "etl", current: 20, prevMonth: 60, yoy: 3, priorPeriodToDate: 19 },
    ],
  },
  { name: "B", workloads: [{ name: "web", current: 5, prevMonth: 4, yoy: 2, priorPeriodToDate: 1 }] },
];
const aMonth = (at: string) => aSummary({ at, period: "2026-03", centers });

describe("the cost centers of a month", () => {
  it("are compared with the month before, and with the same month a year before, when the month is closed", () => {
    const [a] = costCenterLines(aMonth(closed), undefined, 13);
    expect(a && amounts(a)).toEqual({
      current: "70",
      previous: "91",
      yearBefore: "20",
      change: "-21",
      yearChange: "50",
    });
  });

  it("are compared with the same days of the month before, and with no whole month, while the month runs", () => {
    const [a] = costCenterLines(aMonth(running), undefined, 13);
    expect(a && amounts(a)).toEqual({
      current: "70",
      previous: "30",
      yearBefore: "20",
      change: "40",
      yearChange: null,
    });
  });

  it("are displayed in cents that add up: workloads to centers, centers to the total, direct and allocated too", () => {
    const third = { prevMonth: 1, yoy: 1, current: 33.333333333333 };
    const thirds = ["A", "B", "C"].map((name) => ({
      name,
      allocated: 0.003,
      workloads: [
        { ...third, name: "web", current: 11.111111111111 },
        { ...third, name: "etl", current: 22.222222222222 },
      ],
    }));
    const lines = costCenterLines(
      aSummary({ at: closed, period: "2026-03", centers: thirds }),
      undefined,
      13,
    );
    expect(lines.map(({ displayed }) => displayed)).toEqual([3334n, 3333n, 3333n]);
    for (const { displayed, displayedDirect, displayedAllocated, workloads } of lines) {
      expect(workloads.reduce((sum, workload) => sum + workload.displayed, 0n)).toBe(displayed);
      expect(displayedDirect + displayedAllocated).toBe(displayed);
    }
  });

  it("have direct and allocated cost; a workload has only direct cost", () => {
    const [a] = costCenterLines(aMonth(closed), undefined, 13);
    expect([text(a?.direct), text(a?.allocated), a?.isCenter]).toEqual(["63", "7", true]);
    const [web] = a?.workloads ?? [];
    expect([text(web?.direct), text(web?.allocated), web?.isCenter]).toEqual(["50", "0", false]);
  });

  it("have the workload with the largest change, also when it is a decrease", () => {
    const [a, b] = costCenterLines(aMonth(closed), undefined, 13);
    expect([a?.mover?.name, text(a?.mover?.change.difference)]).toEqual(["etl", "-40"]);
    expect(b?.mover?.name).toBe("web");
  });

  it("have no such workload where nothing changed or nothing is known", () => {
    const summary = aSummary({
      at: closed,
      period: "2026-03",
      centers: [
        { name: "A", workloads: [{ name: "same", current: 5 }] },
        { name: "B", workloads: [{ name: "unknown", current: 5, prevMonth: null, yoy: null }] },
      ],
    });
    const [a, b] = costCenterLines(summary, undefined, 13);
    expect([a?.mover, b?.mover]).toEqual([null, null]);
    expect([b?.previous, b?.yearBefore, b?.change.direction]).toEqual([null, null, "unknown"]);
  });

  it("have their cost in the closed months up to theirs, with null for missing months", () => {
    const month = (period: string, is_mtd: boolean, costs: Readonly<Record<string, number>>) => ({
      period,
      is_mtd,
      total_cost_usd: 0,
      cost_centers: Object.entries(costs).map(([name, cost_usd]) => ({
        name,
        kind: "named" as const,
        cost_usd,
      })),
    });
    const trend: Trend = {
      schema: 1,
      currency: "USD",
      months: [
        month("2025-12", false, { A: 1, B: 9 }),
        month("2026-01", false, { A: 2 }),
        month("2026-02", false, { A: 3, B: 8 }),
        month("2026-03", false, { A: 4, B: 7 }),
        month("2026-04", true, { A: 5, B: 6 }),
      ],
    };
    const histories = (count: number) =>
      costCenterLines(aMonth(closed), trend, count).map(({ history }) => history);
    expect(histories(13)).toEqual([
      [1, 2, 3, 4],
      [9, null, 8, 7],
    ]);
    expect(histories(3)).toEqual([
      [2, 3, 4],
      [null, 8, 7],
    ]);
    expect(costCenterLines(aMonth(closed), undefined, 13).map(({ history }) => history)).toEqual([[], []]);
  });
});

describe("a workload of several cost centers", () => {
  it("has the sum of its cost in each period", () => {
    const line = workloadLine(aMonth(closed), "web");
    expect(line && amounts(line)).toEqual({
      current: "55",
      previous: "35",
      yearBefore: "19",
      change: "20",
      yearChange: "36",
    });
    const soFar = workloadLine(aMonth(running), "web");
    expect([text(soFar?.previous), soFar?.yearChange]).toEqual(["12", null]);
  });

  it("has an unknown cost where it is unknown in one of them", () => {
    const summary = aSummary({
      at: closed,
      period: "2026-03",
      centers: [
        { name: "A", workloads: [{ name: "web", current: 5, prevMonth: null, yoy: 2 }] },
        { name: "B", workloads: [{ name: "web", current: 5, prevMonth: 4, yoy: 1 }] },
      ],
    });
    const line = workloadLine(summary, "web");
    expect([line?.previous, line?.change.direction, text(line?.yearBefore)]).toEqual([null, "unknown", "3"]);
  });

  it("has its own cost in each of them", () => {
    expect(
      costCenterShares(aMonth(closed), "web").map(({ center, line }) => [center, text(line.current)]),
    ).toEqual([
      ["A", "50"],
      ["B", "5"],
    ]);
    expect(costCenterShares(aMonth(closed), "etl").map(({ center }) => center)).toEqual(["A"]);
  });

  it("is null in a month without it", () => {
    expect(workloadLine(aMonth(closed), "__proto__")).toBeNull();
    expect(costCenterShares(aMonth(closed), "constructor")).toEqual([]);
  });
});
