import { describe, expect, it } from "vitest";
import { alignment, type Column, contains, ordered, orderOf, orderText } from "./columns.ts";

interface SampleRow {
  readonly name: string;
  readonly cost: bigint | null;
}
const columns: readonly Column<SampleRow>[] = [
  { key: "name", title: "Name", cell: ({ name }) => name, sort: ({ name }) => name },
  { key: "cost", title: "Cost", cell: () => "", sort: ({ cost }) => cost },
  { key: "spark", title: "Trend", cell: () => "" },
];
const rows: readonly SampleRow[] = [
  { name: "web10", cost: 3n },
  { name: "Web9", cost: null },
  { name: "api", cost: -(10n ** 20n) },
];
const names = (order: string) => ordered(rows, columns, orderOf(order)).map(({ name }) => name);

describe("a table of costs", () => {
  it("sorts by any column in both directions, with unknown values last", () => {
    expect(names("cost")).toEqual(["api", "web10", "Web9"]);
    expect(names("cost-")).toEqual(["web10", "api", "Web9"]);
    expect(names("name")).toEqual(["api", "Web9", "web10"]);
  });

  it("keeps its order for a column that cannot be sorted", () => {
    for (const order of ["spark", "__proto__", ""]) expect(names(order)).toEqual(["web10", "Web9", "api"]);
  });

  it("writes its order to the address and reads it back", () => {
    for (const text of ["cost-", "name"])
      expect(orderText(orderOf(text) ?? { key: "", descending: false })).toBe(text);
  });

  it("keeps equal rows in their order, and compares texts and numbers as such", () => {
    const of = (values: readonly (string | number | bigint | null)[], order: string) =>
      ordered(
        values.map((value, at) => ({ value, at })),
        [{ key: "v", title: "", cell: () => "", sort: ({ value }) => value }],
        orderOf(order),
      ).map(({ at }) => at);
    expect(of([2, 1, 2, 1], "v")).toEqual([1, 3, 0, 2]);
    expect(of([2, 1, 2, 1], "v-")).toEqual([0, 2, 1, 3]);
    expect(of([null, 1n, null, -1n], "v")).toEqual([3, 1, 0, 2]);
    expect(of([null, 1n, null, -1n], "v-")).toEqual([1, 3, 0, 2]);
    expect(of(["b", "A", "a"], "v")).toEqual([1, 2, 0]);
    expect([orderOf(null), orderOf(""), orderOf("a-b-")]).toEqual([
      null,
      null,
      { key: "a-b", descending: true },
    ]);
    expect([alignment({ align: "end" }), alignment({})]).toEqual([undefined, "start"]);
  });

  it("finds a name regardless of case and Unicode form", () => {
    expect(contains("ML-Training", "ml-t")).toBe(true);
    expect(contains("Zoë", "zoë")).toBe(true);
    expect(contains("web", "db")).toBe(false);
  });
});
