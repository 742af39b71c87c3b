import { describe, expect, it } from "vitest";
import { arrowTable, columnsOf } from "./arrow.ts";
import { workloadColumns } from "./columns.ts";
import { workloadTable } from "./tables.ts";

function aTable(periods: readonly string[]) {
  const table = workloadTable();
  for (const period of periods) table.push("center", "web", period, 1);
  return table.columns();
}

describe("the columns of an Arrow table", () => {
  it("are those that it was made of", () => {
    const { data } = columnsOf(workloadColumns, arrowTable(aTable(["2026-02", "2026-01", "2026-02"])));
    expect([...data.period.codes]).toEqual([0, 1, 0]);
    expect(data.period.values).toEqual(["2026-02", "2026-01"]);
  });

  it("contain each text once, also if a batch has another dictionary", () => {
    const [first, second] = [arrowTable(aTable(["2026-02", "2026-01"])), arrowTable(aTable(["2026-01"]))];
    const { data, rows } = columnsOf(workloadColumns, first.concat(second));
    expect([rows, [...data.period.codes], data.period.values]).toEqual([
      3,
      [0, 1, 1],
      ["2026-02", "2026-01"],
    ]);
  });

  it("are refused where a code is not in the dictionary", () => {
    const whole = aTable(["2026-02", "2026-01", "2026-02"]);
    const period = { ...whole.data.period, codes: Uint8Array.of(0, 2, 1) };
    const damaged = arrowTable({ ...whole, data: { ...whole.data, period } });
    expect(() => columnsOf(workloadColumns, damaged)).toThrow(
      "row 1 has a period that is not in its dictionary",
    );
  });
});
