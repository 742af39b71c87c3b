import type { Money } from "@dapanoskop/core/money";
import { moneyNumber } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { Show } from "solid-js";
import { hrefOf } from "../address/address.ts";
import { Sparkline } from "../chart/sparkline.tsx";
import type { CostLine } from "../data/cost-lines.ts";
import { ChangeText } from "../parts/change-text.tsx";
import { Name } from "../parts/name.tsx";
import { SignificantMark } from "../parts/significant-change.tsx";
import type { Column } from "../table/columns.ts";
import type { Formats } from "../words/formats.ts";
import type { PeriodWords } from "../words/period-words.ts";

/** What all columns of a table of costs need to know. */
export interface CostTableContext {
  readonly summary: Summary;
  readonly formats: Formats;
  readonly words: PeriodWords;
  /** The month's total: what significance is measured by. */
  readonly whole: Money;
}

const amount = (money: Money | null) => (money === null ? null : moneyNumber(money));

export const rowHref = (row: CostLine, { summary }: CostTableContext): string =>
  hrefOf(row.isCenter ? "/cost-center" : "/workload", summary.period, { name: row.name });

export const nameColumn = (
  table: CostTableContext,
  heading: string,
  csv: Column<CostLine>["csv"],
): Column<CostLine> => ({
  key: "name",
  title: heading,
  sort: ({ name }) => name,
  ...(csv === undefined ? {} : { csv }),
  cell: (row) => (
    <a href={rowHref(row, table)}>
      <Name of={row.name} limit={60} />
    </a>
  ),
  foot: "Total",
});

export const totalColumn = (
  { formats, words, whole }: CostTableContext,
  total: Money = whole,
): Column<CostLine> => ({
  key: "total",
  title: words.progress === null ? words.month : "So far",
  align: "end",
  sort: ({ current }) => current.units,
  cell: ({ current }) => formats.money(current),
  csv: [[`cost (${whole.currency})`, ({ current }) => amount(current)]],
  foot: formats.money(total),
});

/** The change against the month before, or against its same days while the month runs. */
export const changeColumn = ({ words, whole }: CostTableContext): Column<CostLine> => ({
  key: "change",
  title: `against ${words.shortAgainst}`,
  align: "end",
  sort: ({ change }) => change.difference?.units ?? null,
  cell: ({ change }) => (
    <>
      <SignificantMark change={change} whole={whole} />
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
  cell: ({ change }) => (change.direction === "new" ? "new" : formats.changePercent(change)),
});

/** A closed month is compared with the same month a year ago; beside a running one that month's cost stands alone. */
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

export const sparklineColumn = (): Column<CostLine> => ({
  key: "history",
  title: "13 months",
  cell: ({ history }) => (
    <Show when={history.length > 1}>
      <Sparkline values={history} />
    </Show>
  ),
});

export const moverColumn = (table: CostTableContext): Column<CostLine> => ({
  key: "mover",
  print: "no",
  title: "Biggest mover",
  sort: ({ mover }) => mover?.change.difference?.units ?? null,
  cell: ({ mover }) => (
    <Show when={mover}>
      {(row) => (
        <>
          <a href={rowHref(row(), table)}>
            <Name of={row().name} limit={24} />
          </a>{" "}
          <ChangeText change={row().change} amountOnly />
        </>
      )}
    </Show>
  ),
});

export const directColumn = ({ formats }: CostTableContext): Column<CostLine> => ({
  key: "direct",
  print: "no",
  title: "Direct",
  align: "end",
  sort: ({ isCenter, direct }) => (isCenter ? direct.units : null),
  cell: ({ isCenter, direct }) => (isCenter ? formats.money(direct) : ""),
  csv: [["direct", ({ isCenter, direct }) => (isCenter ? amount(direct) : null)]],
});

export const allocatedColumn = ({ formats }: CostTableContext): Column<CostLine> => ({
  key: "allocated",
  print: "no",
  title: "Allocated",
  align: "end",
  sort: ({ isCenter, allocated }) => (isCenter ? allocated.units : null),
  cell: ({ isCenter, allocated }) => (isCenter && allocated.units !== 0n ? formats.money(allocated) : ""),
  csv: [["allocated", ({ isCenter, allocated }) => (isCenter ? amount(allocated) : null)]],
});
