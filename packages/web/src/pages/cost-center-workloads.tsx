import { moneyFromNumber } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";
import type { Summary } from "@dapanoskop/dataset";
import { createMemo } from "solid-js";
import { useAddress } from "../address/address.ts";
import type { CostLine } from "../data/cost-lines.ts";
import { TableSection } from "../table/table-section.tsx";
import { addressState } from "../table/table-state.ts";
import { useFormats } from "../words/formats-context.tsx";
import { periodWords } from "../words/period-words.ts";
import {
  type CostTableContext,
  changeColumn,
  nameColumn,
  percentColumn,
  totalColumn,
  yearColumn,
} from "./cost-columns.tsx";

/** The workloads of one cost center. */
export function CostCenterWorkloads(props: { center: CostLine; summary: Summary }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const columns = createMemo(() => {
    const { summary } = props;
    const monthTotal = moneyFromNumber(summary.totals.current_cost_usd, summary.currency);
    const table: CostTableContext = { summary, formats, words: periodWords(summary, formats), monthTotal };
    return [
      nameColumn(table, "Workload", [["workload", ({ name }) => name]]),
      totalColumn(table, props.center.displayed),
      changeColumn(table),
      percentColumn(table),
      yearColumn(table),
    ];
  });
  return (
    <TableSection
      title="Workloads"
      file={[props.summary.period, props.center.name, "workloads"]}
      caption={`Workloads of ${visible(props.center.name, 60)}`}
      columns={columns()}
      rows={props.center.workloads}
      name={(line) => line.name}
      state={state}
      rowNames={{ one: "workload", many: "workloads" }}
      marksSignificant
      terms={["workload", "untagged"]}
    />
  );
}
