import { changeOf } from "@dapanoskop/core/insight";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../address/address.ts";
import type { ComparedUsage } from "../data/compared-usage.ts";
import { unitPriceOf } from "../pages/workload/unit-price.ts";
import { Quantity, UnitPrice, UsageName } from "../pages/workload/usage-cells.tsx";
import { ChangeText } from "../parts/change-text.tsx";
import { Hint } from "../parts/hint.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { Term } from "../parts/term.tsx";
import type { Column } from "../table/columns.ts";
import { DataTable } from "../table/data-table.tsx";
import { addressState } from "../table/table-state.ts";
import type { Formats } from "../words/formats.ts";
import { useFormats } from "../words/formats-context.tsx";
import { type PeriodWords, periodWords } from "../words/period-words.ts";
import { type DisplayedWorkload, usageRows, type WorkloadUsageRow } from "./usage-rows.ts";

/** What each workload used: its large usage types with quantity and unit price, and the others together. */
export function MonthUsage(props: { usage: ComparedUsage; workloads: readonly DisplayedWorkload[] }) {
  const formats = useFormats();
  const { summary, hasOnlyCompleteDays } = props.usage;
  const words = periodWords(summary, formats, hasOnlyCompleteDays);
  const used = createMemo(() => usageRows(props.usage, props.workloads));
  return (
    <Section title="What was used">
      <Show when={hasOnlyCompleteDays}>
        <Hint>
          {words.progress} of {words.month}, against {words.against}.
        </Hint>
      </Show>
      <DataTable
        caption="Workloads and what they used"
        columns={usageColumns(used().total, summary.currency, words, formats)}
        rows={used().rows}
        name={({ name }) => name}
        children={({ usageTypes }) => usageTypes}
        state={addressState(useAddress())}
      />
      <Hint>
        Usage types with at least 0.5 % of the month's cost, or a change of that size, have a row. The others
        are counted and added up.
      </Hint>
    </Section>
  );
}

const usageColumns = (
  total: bigint,
  currency: string,
  words: PeriodWords,
  formats: Formats,
): readonly Column<WorkloadUsageRow>[] => [
  {
    key: "name",
    title: (
      <>
        <Term of="workload" /> and <Term of="usageType">usage type</Term>
      </>
    ),
    cell: (row) => <RowName row={row} />,
    total: "Total",
  },
  {
    key: "cost",
    title: words.shortNow,
    align: "end",
    cell: ({ displayed }) => formats.units(displayed, currency),
    total: formats.units(total, currency),
  },
  {
    key: "change",
    title: `against ${words.shortAgainst}`,
    align: "end",
    cell: ({ now, before }) => <ChangeText change={changeOf(now, before)} />,
  },
  {
    key: "quantity",
    title: <Term of="quantity" />,
    align: "end",
    cell: ({ line }) =>
      line && <Quantity usageType={line.usageType} quantity={line.current?.quantity ?? null} />,
  },
  {
    key: "price",
    title: <Term of="unitPrice" />,
    align: "end",
    cell: ({ line }) =>
      line && (
        <UnitPrice now={unitPriceOf(line.current)} before={unitPriceOf(line.previous)} currency={currency} />
      ),
  },
];

function RowName(props: { row: WorkloadUsageRow }) {
  const { name, others, line } = props.row;
  if (line !== null) return <UsageName usageType={line.usageType} />;
  if (others === null) return <Name of={name} limit={60} />;
  return (
    <>
      Other {others.of} ({others.count})
    </>
  );
}
