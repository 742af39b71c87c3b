import { costNow, type UsageLine } from "@dapanoskop/core/insight";
import { displayedParts, type Money, moneyNumber, rounded, sum } from "@dapanoskop/core/money";
import { Name } from "../../parts/name.tsx";
import type { Column } from "../../table/columns.ts";
import { unitOf, usageWords } from "../../words/unit-of.ts";
import { unitPriceOf } from "./unit-price.ts";
import { Quantity, UnitPrice, UsageName, YearBeforeCost } from "./usage-cells.tsx";
import { type UsageTableContext, usageChangeColumn } from "./usage-change-column.tsx";

const amountOf = (money: Money | null) => (money === null ? null : moneyNumber(money));

/** The columns of a table of usage types. @param lines all rows, for the totals */
export const usageColumns = (
  lines: readonly UsageLine[],
  table: UsageTableContext,
): readonly Column<UsageLine>[] => [
  usageColumn,
  {
    key: "category",
    title: "Category",
    sort: ({ category }) => category,
    cell: ({ category }) => <Name of={category} />,
    csv: [["category", ({ category }) => category]],
  },
  costColumn(lines, table),
  usageChangeColumn(table),
  quantityColumn,
  priceColumn(table),
  yearBeforeColumn(table),
];

const usageColumn: Column<UsageLine> = {
  key: "usage",
  title: "What was used",
  sort: ({ usageType }) => usageWords(usageType) ?? usageType,
  cell: ({ usageType }) => <UsageName usageType={usageType} />,
  csv: [
    ["usage type", ({ usageType }) => usageType],
    ["what it is", ({ usageType }) => usageWords(usageType)],
  ],
  total: "Total",
};

function costColumn(
  lines: readonly UsageLine[],
  { summary: { currency }, words, formats, displayedTotal }: UsageTableContext,
): Column<UsageLine> {
  const cost = (line: UsageLine) => costNow(line, currency);
  const costs = lines.map(cost);
  const total = displayedTotal ?? rounded(sum(costs, currency));
  const cents = displayedParts(total, costs);
  const displayed = new Map(lines.map((line, at) => [line, cents[at] ?? 0n]));
  return {
    key: "cost",
    title: words.shortNow,
    align: "end",
    sort: (line) => cost(line).units,
    cell: (line) => formats.units(displayed.get(line) ?? 0n, currency),
    csv: [[`cost (${currency})`, (line) => moneyNumber(cost(line))]],
    total: formats.units(total, currency),
  };
}

const quantityColumn: Column<UsageLine> = {
  key: "quantity",
  title: "Quantity",
  align: "end",
  sort: ({ current }) => current?.quantity ?? null,
  cell: ({ usageType, current }) => <Quantity usageType={usageType} quantity={current?.quantity ?? null} />,
  csv: [
    ["quantity", ({ current }) => current?.quantity ?? null],
    ["quantity before", ({ previous }) => previous?.quantity ?? null],
    ["unit", ({ usageType }) => unitOf(usageType)],
  ],
};

const priceColumn = ({ summary: { currency } }: UsageTableContext): Column<UsageLine> => ({
  key: "price",
  title: "Unit price",
  align: "end",
  sort: ({ current }) => unitPriceOf(current),
  cell: ({ current, previous }) => (
    <UnitPrice now={unitPriceOf(current)} before={unitPriceOf(previous)} currency={currency} />
  ),
  csv: [
    ["unit price", ({ current }) => unitPriceOf(current)],
    ["unit price before", ({ previous }) => unitPriceOf(previous)],
  ],
});

const yearBeforeColumn = ({ summary, words }: UsageTableContext): Column<UsageLine> => ({
  key: "year",
  print: "no",
  title: summary.is_mtd ? `${words.yearBefore}, whole` : words.yearBefore,
  align: "end",
  sort: ({ yearBefore }) => yearBefore?.cost.units ?? null,
  cell: ({ yearBefore }) => <YearBeforeCost cost={yearBefore?.cost ?? null} />,
  csv: [["a year before", ({ yearBefore }) => amountOf(yearBefore?.cost ?? null)]],
});
