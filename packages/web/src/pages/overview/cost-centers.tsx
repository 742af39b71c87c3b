import { isZero, type Money } from "@dapanoskop/core/money";
import type { Summary, Trend } from "@dapanoskop/dataset";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { YEAR_AND_MONTH } from "../../chart/trend-series.ts";
import { type CostLine, costCenterLines } from "../../data/cost-lines.ts";
import button from "../../parts/button.module.css";
import { download, fileName } from "../../parts/download.ts";
import { Section } from "../../parts/section.tsx";
import { SignificantRule } from "../../parts/significant-change.tsx";
import { Notice } from "../../parts/states.tsx";
import { Term } from "../../parts/term.tsx";
import { DataTable } from "../../table/data-table.tsx";
import { tableCsv } from "../../table/table-csv.ts";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import {
  allocatedColumn,
  type CostTableContext,
  changeColumn,
  directColumn,
  moverColumn,
  nameColumn,
  percentColumn,
  sparklineColumn,
  totalColumn,
  yearColumn,
} from "../cost-columns.tsx";
import title from "../title.module.css";

/** Who? The cost centers, each unfolding to its workloads. */
export function CostCenters(props: { summary: Summary; trend: Trend | undefined; whole: Money }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const rows = createMemo(() => costCenterLines(props.summary, props.trend, YEAR_AND_MONTH));
  const hasSplits = () => rows().some(({ allocated }) => !isZero(allocated));
  const isWithoutCategory = () => rows().every(({ kind }) => kind === "uncategorized");
  const columns = createMemo(() => {
    const table: CostTableContext = {
      summary: props.summary,
      formats,
      words: periodWords(props.summary, formats),
      whole: props.whole,
    };
    return [
      nameColumn(table, "Cost center", undefined),
      totalColumn(table),
      changeColumn(table),
      percentColumn(table),
      yearColumn(table),
      sparklineColumn(),
      moverColumn(table),
      ...(hasSplits() ? [directColumn(table), allocatedColumn(table)] : []),
    ];
  });
  const save = () => {
    const all = rows().flatMap((center) => [
      { ...center, center: center.name, workload: "" },
      ...center.workloads.map((workload) => ({ ...workload, center: center.name, workload: workload.name })),
    ]);
    type Named = CostLine & { readonly center: string; readonly workload: string };
    const names = {
      key: "names",
      title: "",
      cell: () => "",
      csv: [
        ["cost center", (row: Named) => row.center],
        ["workload", (row: Named) => row.workload],
      ] as const,
    };
    download(
      fileName("dapanoskop", props.summary.period, "cost-centers.csv"),
      "text/csv",
      tableCsv([names, ...columns()], all),
    );
  };
  return (
    <Section
      title="Who?"
      actions={
        <button type="button" class={button.quiet} onClick={save}>
          CSV
        </button>
      }
    >
      <Show when={isWithoutCategory()}>
        <Notice title="No Cost Category yet">
          <p>
            All cost stands under one cost center, <Term of="uncategorized" />. To see who pays for what,
            create a Cost Category in the AWS billing console, with a value for each cost center. The next
            collection reads it.
          </p>
        </Notice>
      </Show>
      <DataTable
        caption="Cost centers and their workloads"
        columns={columns()}
        rows={rows()}
        name={(row) => row.name}
        children={(row) => row.workloads}
        state={state}
        things={["cost center", "cost centers", "cost center or workload"]}
        foot
      />
      <SignificantRule />
      <p class={title.words} data-print="no">
        <Term of="costCenter" /> <Term of="workload" /> <Term of="untagged" /> <Term of="uncategorized" />
        <Term of="mover" /> <Term of="direct" /> <Term of="allocated" />
      </p>
    </Section>
  );
}
