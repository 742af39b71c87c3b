import { moneyFromNumber } from "@dapanoskop/core/money";
import { aSummary } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { costCenterLines } from "../../data/cost-lines.ts";
import { makeFormats } from "../../words/formats.ts";
import { periodWords } from "../../words/period-words.ts";
import { regionOf } from "../../words/region.ts";
import { costCenterColumns, costCentersCsv } from "./cost-center-columns.tsx";

const formats = makeFormats(regionOf(["en-US"]));

function aTable(at: string, hasSplits = true) {
  const summary = aSummary({
    at,
    period: "2026-03",
    centers: [
      {
        name: "A",
        allocated: 7,
        workloads: [
          { name: "web", current: 50.125, prevMonth: 31, yoy: 17, priorPeriodToDate: 11 },
          { name: "etl", current: 20, prevMonth: null, yoy: 3, priorPeriodToDate: null },
        ],
      },
    ],
  });
  const monthTotal = moneyFromNumber(summary.totals.current_cost_usd, "USD");
  const table = { summary, formats, words: periodWords(summary, formats), monthTotal };
  return { columns: costCenterColumns(table, hasSplits), lines: costCenterLines(summary, undefined, 13) };
}

describe("the CSV file of cost centers", () => {
  it("has each cost center and its workloads, with unrounded amounts and empty cells where they are unknown", () => {
    const { columns, lines } = aTable("2026-04-08T06:00:00Z");
    expect(costCentersCsv(columns, lines).split("\r\n")).toEqual([
      "cost center,workload,cost (USD),before,change,a year before,direct,allocated",
      "A,,70.125,,,20,63.125,7",
      "A,web,50.125,31,19.125,17,,",
      "A,etl,20,,,3,,",
      "",
    ]);
  });

  it("has the same days of the month before as `before` while the month runs", () => {
    const { columns, lines } = aTable("2026-03-08T06:00:00Z");
    expect(costCentersCsv(columns, lines).split("\r\n")[2]).toBe("A,web,50.125,11,39.125,17,,");
  });
});

describe("the columns of cost centers", () => {
  const titles = (at: string, hasSplits: boolean) => aTable(at, hasSplits).columns.map(({ title }) => title);

  it("say what the cost is compared with", () => {
    expect(titles("2026-04-08T06:00:00Z", true)).toEqual([
      "Cost center",
      "March 2026",
      "against Feb 26",
      "%",
      "against Mar 25",
      "13 months",
      "Biggest mover",
      "Direct",
      "Allocated",
    ]);
    expect(titles("2026-03-08T06:00:00Z", false)).toEqual([
      "Cost center",
      "So far",
      "against Feb 1–7",
      "%",
      "Mar 25, whole",
      "13 months",
      "Biggest mover",
    ]);
  });
});
