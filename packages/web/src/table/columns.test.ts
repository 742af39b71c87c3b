import { describe, expect, it } from "vitest";
import { type Column, holds, ordered, orderOf, orderText } from "./columns.ts";

interface Row {
  readonly name: string;
  readonly cost: bigint | null;
}
const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", cell: ({ name }) => name, sort: ({ name }) => name },
  { key: "cost", title: "Cost", cell: () => "", sort: ({ cost }) => cost },
  { key: "spark", title: "Trend", cell: () => "" },
];
const rows: readonly Row[] = [
  { name: "web10", cost: 3n },
  { name: "Web9", cost: null },
  { name: "api", cost: -(10n ** 20n) },
];
const names = (order: string) => ordered(rows, columns, orderOf(order)).map(({ name }) => name);

describe("a table of costs", () => {
  it("turns by any column, either way; what is unknown stays last", () => {
    expect(names("cost")).toEqual(["api", "web10", "Web9"]);
    expect(names("cost-")).toEqual(["web10", "api", "Web9"]);
    expect(names("name")).toEqual(["api", "Web9", "web10"]);
  });

  it("stays as it was for a column that nobody sorts by", () => {
    for (const order of ["spark", "__proto__", ""]) expect(names(order)).toEqual(["web10", "Web9", "api"]);
  });

  it("says its order in the address, and reads it back", () => {
    for (const text of ["cost-", "name"])
      expect(orderText(orderOf(text) ?? { key: "", descending: false })).toBe(text);
  });

  it("finds a name however it is written", () => {
    expect(holds("ML-Training", "ml-t")).toBe(true);
    expect(holds("Zoë", "zoë")).toBe(true);
    expect(holds("web", "db")).toBe(false);
  });
});
