import { describe, expect, it } from "vitest";
import type { Column } from "./columns.ts";
import { type TableView, tableLines } from "./table-lines.ts";

interface NamedRow {
  readonly name: string;
  readonly cost: number;
  readonly children: readonly NamedRow[];
}
const aRow = (name: string, cost: number, ...children: readonly NamedRow[]): NamedRow => ({
  name,
  cost,
  children,
});
const columns: readonly Column<NamedRow>[] = [
  { key: "name", title: "Name", cell: ({ name }) => name, sort: ({ name }) => name },
  { key: "cost", title: "Cost", cell: () => "", sort: ({ cost }) => cost },
];
const rows = [
  aRow("Shop", 3, aRow("web", 1), aRow("cart", 2)),
  aRow("Data", 9, aRow("etl", 8), aRow("webhooks", 1)),
  aRow("Empty", 1),
];

const shown = (own: Partial<TableView<NamedRow>> = {}) =>
  tableLines({
    rows,
    columns,
    name: ({ name }) => name,
    children: ({ children }) => children,
    order: null,
    search: "",
    unfolded: new Set(),
    ...own,
  }).map(({ row, depth, canUnfold }) => `${"  ".repeat(depth)}${row.name}${canUnfold ? " +" : ""}`);

describe("the rows of a table", () => {
  it("are in the given order, folded", () => {
    expect(shown()).toEqual(["Shop +", "Data +", "Empty"]);
  });

  it("have their children below them when they are unfolded", () => {
    expect(shown({ unfolded: new Set(["Data", "Empty", "unknown"]) })).toEqual([
      "Shop +",
      "Data +",
      "  etl",
      "  webhooks",
      "Empty",
    ]);
  });

  it("are sorted, and so are the children below each row", () => {
    const unfolded = new Set(["Shop", "Data"]);
    expect(shown({ unfolded, order: { key: "cost", descending: true } })).toEqual([
      "Data +",
      "  etl",
      "  webhooks",
      "Shop +",
      "  cart",
      "  web",
      "Empty",
    ]);
  });

  it("are those that match a search, or whose children match it; matching children are shown", () => {
    expect(shown({ search: " WEB " })).toEqual(["Shop", "  web", "Data", "  webhooks"]);
    expect(shown({ search: "hooks" })).toEqual(["Data", "  webhooks"]);
  });

  it("keep all their children when they match a search themselves", () => {
    expect(shown({ search: "data" })).toEqual(["Data +"]);
    expect(shown({ search: "data", unfolded: new Set(["Data"]) })).toEqual(["Data +", "  etl", "  webhooks"]);
  });

  it("are none when nothing matches", () => {
    expect(shown({ search: "nothing" })).toEqual([]);
  });

  it("need no children", () => {
    expect(shown({ children: undefined })).toEqual(["Shop", "Data", "Empty"]);
  });
});
