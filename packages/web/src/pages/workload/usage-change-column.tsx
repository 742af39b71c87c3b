import {
  type ChangeParts,
  changeOf,
  costBefore,
  costNow,
  splitLine,
  type UsageLine,
} from "@dapanoskop/core/insight";
import { type Money, moneyNumber } from "@dapanoskop/core/money";
import { ChangeText } from "../../parts/change-text.tsx";
import { SignificantMark } from "../../parts/significant-change.tsx";
import type { Column } from "../../table/columns.ts";
import type { CostTableContext } from "../cost-columns.tsx";

/** What the columns of a table of usage types need besides its rows. */
export interface UsageTableContext extends CostTableContext {
  /** The usage of the compared period is known. */
  readonly isComparable: boolean;
  /** The workload's cost in cents as the page displays it; `null`: the rounded sum of the rows. */
  readonly displayedTotal: bigint | null;
}

/** A usage type's change. The CSV file also has its four parts, which add up to the change. */
export function usageChangeColumn(table: UsageTableContext): Column<UsageLine> {
  const { currency } = table.summary;
  const before = (line: UsageLine) => (table.isComparable ? costBefore(line, currency) : null);
  const change = (line: UsageLine) => changeOf(costNow(line, currency), before(line));
  const part = (line: UsageLine, name: keyof ChangeParts) =>
    table.isComparable ? moneyNumber(splitLine(line, currency)[name]) : null;
  return {
    key: "change",
    title: `against ${table.words.against}`,
    align: "end",
    sort: (line) => change(line).difference?.units ?? null,
    cell: (line) => (
      <>
        <SignificantMark change={change(line)} monthTotal={table.monthTotal} />
        <ChangeText change={change(line)} />
      </>
    ),
    csv: [
      ["before", (line) => numberOf(before(line))],
      ["change by price", (line) => part(line, "price")],
      ["change by quantity", (line) => part(line, "quantity")],
      ["new", (line) => part(line, "appeared")],
      ["gone", (line) => part(line, "gone")],
    ],
  };
}

const numberOf = (money: Money | null) => (money === null ? null : moneyNumber(money));
