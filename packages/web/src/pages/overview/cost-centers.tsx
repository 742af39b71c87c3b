import { isZero, type Money } from "@dapanoskop/core/money";
import type { Summary, Trend } from "@dapanoskop/dataset";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { YEAR_AND_MONTH } from "../../chart/trend-series.ts";
import { costCenterLines } from "../../data/cost-lines.ts";
import { Notice } from "../../parts/notice.tsx";
import { Term } from "../../parts/term.tsx";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { costCenterColumns, costCentersCsv } from "./cost-center-columns.tsx";

/** The cost centers of a month. Each unfolds to its workloads. @param props.monthTotal what significance is measured by */
export function CostCenters(props: { summary: Summary; trend: Trend | undefined; monthTotal: Money }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const centers = createMemo(() => costCenterLines(props.summary, props.trend, YEAR_AND_MONTH));
  const hasNoCategory = () => centers().every(({ kind }) => kind === "uncategorized");
  const columns = createMemo(() =>
    costCenterColumns(
      {
        summary: props.summary,
        formats,
        words: periodWords(props.summary, formats),
        monthTotal: props.monthTotal,
      },
      centers().some(({ allocated }) => !isZero(allocated)),
    ),
  );
  return (
    <TableSection
      title="Cost centers"
      file={[props.summary.period, "cost-centers"]}
      csv={() => costCentersCsv(columns(), centers())}
      notice={
        <Show when={hasNoCategory()}>
          <NoCostCategory source={props.summary.source} />
        </Show>
      }
      caption="Cost centers and their workloads"
      columns={columns()}
      rows={centers()}
      name={(line) => line.name}
      children={(line) => line.workloads}
      childrenLabel="Workloads"
      state={state}
      rowNames={{ one: "cost center", many: "cost centers", searched: "cost center or workload" }}
      marksSignificant
      terms={["costCenter", "workload", "untagged", "uncategorized", "mover", "direct", "allocated"]}
    />
  );
}

function NoCostCategory(props: { source: Summary["source"] }) {
  const isFile = () => props.source !== undefined && props.source.kind !== "Cost Explorer";
  return (
    <Notice title={isFile() ? "No cost category" : "No Cost Category yet"}>
      <p>
        All cost is in one cost center, <Term of="uncategorized" />. To see who pays for what,{" "}
        {isFile()
          ? "export the bill with a cost category."
          : "create a Cost Category in the AWS billing console, with a value for each cost center. The next collection reads it."}
      </p>
    </Notice>
  );
}
