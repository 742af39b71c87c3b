import { moneyNumber, rounded } from "@dapanoskop/core/money";
import { Show } from "solid-js";
import { Sparkline } from "../../chart/sparkline.tsx";
import type { CostLine } from "../../data/cost-lines.ts";
import { ChangeText } from "../../parts/change-text.tsx";
import { hasScript } from "../../parts/has-script.ts";
import { Name } from "../../parts/name.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import type { Column } from "../../table/columns.ts";
import { tableCsv } from "../../table/table-csv.ts";
import {
  type CostTableContext,
  changeColumn,
  lineHref,
  nameColumn,
  percentColumn,
  totalColumn,
  yearColumn,
} from "../cost-columns.tsx";

/** The columns of the table of cost centers. @param hasSplits shared cost was moved, so direct and allocated cost differ */
export const costCenterColumns = (
  table: CostTableContext,
  hasSplits: boolean,
): readonly Column<CostLine>[] => [
  nameColumn(table, "Cost center"),
  totalColumn(table, rounded(table.monthTotal)),
  changeColumn(table),
  percentColumn(table),
  yearColumn(table),
  sparklineColumn,
  // A file explains the largest changes of the month in a section of its own.
  ...(hasScript ? [moverColumn(table)] : []),
  ...(hasSplits ? [directColumn(table), allocatedColumn(table)] : []),
];

/** All cost centers as CSV, each followed by its workloads. The first two columns say which of the two a row is. */
export function costCentersCsv(columns: readonly Column<CostLine>[], centers: readonly CostLine[]): string {
  interface NamedLine extends CostLine {
    readonly center: string;
    readonly workload: string;
  }
  const lines = centers.flatMap((center): NamedLine[] => [
    { ...center, center: center.name, workload: "" },
    ...center.workloads.map((line) => ({ ...line, center: center.name, workload: line.name })),
  ]);
  const names: Column<NamedLine> = {
    key: "names",
    title: "",
    cell: () => "",
    csv: [
      ["cost center", ({ center }) => center],
      ["workload", ({ workload }) => workload],
    ],
  };
  return tableCsv<NamedLine>([names, ...columns], lines);
}

const sparklineColumn: Column<CostLine> = {
  key: "history",
  title: "13 months",
  cell: ({ history }) => (
    <Show when={history.length > 1}>
      <Sparkline values={history} />
    </Show>
  ),
};

const moverColumn = (table: CostTableContext): Column<CostLine> => ({
  key: "mover",
  print: "no",
  title: "Biggest mover",
  sort: ({ mover }) => mover?.change.difference?.units ?? null,
  cell: ({ mover }) => (
    <Show when={mover}>
      {(workload) => (
        <>
          <PageLink href={lineHref(workload(), table)}>
            <Name of={workload().name} limit={24} />
          </PageLink>{" "}
          <ChangeText change={workload().change} amountOnly />
        </>
      )}
    </Show>
  ),
});

const directColumn = ({ formats, monthTotal: { currency } }: CostTableContext): Column<CostLine> => ({
  key: "direct",
  print: "no",
  title: "Direct",
  align: "end",
  sort: ({ isCenter, direct }) => (isCenter ? direct.units : null),
  cell: ({ isCenter, displayedDirect }) => (isCenter ? formats.units(displayedDirect, currency) : ""),
  csv: [["direct", ({ isCenter, direct }) => (isCenter ? moneyNumber(direct) : null)]],
});

const allocatedColumn = ({ formats, monthTotal: { currency } }: CostTableContext): Column<CostLine> => ({
  key: "allocated",
  print: "no",
  title: "Allocated",
  align: "end",
  sort: ({ isCenter, allocated }) => (isCenter ? allocated.units : null),
  cell: ({ isCenter, allocated, displayedAllocated }) =>
    isCenter && allocated.units !== 0n ? formats.units(displayedAllocated, currency) : "",
  csv: [["allocated", ({ isCenter, allocated }) => (isCenter ? moneyNumber(allocated) : null)]],
});
