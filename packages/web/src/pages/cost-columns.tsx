import { changeRemark } from "@dapanoskop/core/insight";
import { type Money, moneyNumber } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { Show } from "solid-js";
import { hrefOf } from "../address/address.ts";
import type { CostLine } from "../data/cost-lines.ts";
import { ChangeText } from "../parts/change-text.tsx";
import { Name } from "../parts/name.tsx";
import { PageLink } from "../parts/page-link.tsx";
import { SignificantMark } from "../parts/significant-change.tsx";
import type { Column } from "../table/columns.ts";
import type { Formats } from "../words/formats.ts";
import type { PeriodWords } from "../words/period-words.ts";

/** What the columns of a table of costs need besides its rows. */
export interface CostTableContext {
  readonly summary: Summary;
  readonly formats: Formats;
  readonly words: PeriodWords;
  /** What significance is measured by. */
  readonly monthTotal: Money;
}

const amount = (money: Money | null) => (money === null ? null : moneyNumber(money));

export const lineHref = (line: CostLine, { summary }: CostTableContext): string =>
  hrefOf(line.isCenter ? "/cost-center" : "/workload", summary.period, { name: line.name });

/** @param csv absent where the CSV file has its own name columns */
export const nameColumn = (
  table: CostTableContext,
  heading: string,
  csv?: NonNullable<Column<CostLine>["csv"]>,
): Column<CostLine> => ({
  key: "name",
  title: heading,
  sort: ({ name }) => name,
  ...(csv === undefined ? {} : { csv }),
  cell: (line) => (
    <PageLink href={lineHref(line, table)}>
      <Name of={line.name} limit={60} />
    </PageLink>
  ),
  total: "Total",
});

/** @param total in cents, as it is displayed: the rows add up to it */
export const totalColumn = (
  { formats, words, monthTotal: { currency } }: CostTableContext,
  total: bigint,
): Column<CostLine> => ({
  key: "total",
  title: words.shortNow,
  align: "end",
  sort: ({ current }) => current.units,
  cell: ({ displayed }) => formats.units(displayed, currency),
  csv: [[`cost (${currency})`, ({ current }) => amount(current)]],
  total: formats.units(total, currency),
});

/** The change against the month before, or against its same days while the month runs. */
export const changeColumn = ({ words, monthTotal }: CostTableContext): Column<CostLine> => ({
  key: "change",
  title: `against ${words.shortAgainst}`,
  align: "end",
  sort: ({ change }) => change.difference?.units ?? null,
  cell: ({ change }) => (
    <>
      <SignificantMark change={change} monthTotal={monthTotal} />
      <ChangeText change={change} amountOnly />
    </>
  ),
  csv: [
    ["before", ({ previous }) => amount(previous)],
    ["change", ({ change }) => amount(change.difference)],
  ],
});

export const percentColumn = ({ formats }: CostTableContext): Column<CostLine> => ({
  key: "percent",
  title: "%",
  align: "end",
  sort: ({ change }) => change.tenthsOfPercent,
  cell: ({ change }) => changeRemark(change, formats),
});

/** The same month a year before. A running month is incomplete, so the column shows that cost without a comparison. */
export const yearColumn = ({ formats, words, summary }: CostTableContext): Column<CostLine> => ({
  key: "year",
  title: summary.is_mtd ? `${words.shortYearBefore}, whole` : `against ${words.shortYearBefore}`,
  align: "end",
  sort: ({ yearChange, yearBefore }) =>
    summary.is_mtd ? (yearBefore?.units ?? null) : (yearChange?.difference?.units ?? null),
  cell: ({ yearChange, yearBefore }) => (
    <Show when={yearChange} fallback={yearBefore === null ? "unknown" : formats.money(yearBefore)}>
      {(change) => <ChangeText change={change()} />}
    </Show>
  ),
  csv: [["a year before", ({ yearBefore }) => amount(yearBefore)]],
});
