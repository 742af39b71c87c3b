import type { UsageLine } from "@dapanoskop/core/insight";
import type { Money } from "@dapanoskop/core/money";
import { createMemo } from "solid-js";
import { useAddress } from "../../address/address.ts";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { usageWords } from "../../words/unit-of.ts";
import { usageColumns } from "./usage-columns.tsx";

/** What a workload used, by usage type: cost, quantity, unit price, and how each changed. */
export function UsageSection(props: {
  lines: readonly UsageLine[];
  usage: ComparedUsage;
  name: string;
  /** The workload's cost in cents as the page displays it; `null`: the rounded sum of the rows. */
  displayedTotal: bigint | null;
  /** What significance is measured by. */
  monthTotal: Money;
}) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const summary = () => props.usage.summary;
  const columns = createMemo(() =>
    usageColumns(props.lines, {
      summary: summary(),
      isComparable: props.usage.isComparable,
      displayedTotal: props.displayedTotal,
      formats,
      words: periodWords(summary(), formats, props.usage.hasOnlyCompleteDays),
      monthTotal: props.monthTotal,
    }),
  );
  return (
    <TableSection
      title="What was used?"
      file={[summary().period, props.name, "usage"]}
      caption="Cost by usage type"
      columns={columns()}
      rows={props.lines}
      name={({ usageType, category }) => `${usageWords(usageType) ?? ""} ${usageType} ${category}`}
      state={state}
      rowNames={{ one: "usage type", many: "usage types" }}
      marksSignificant
      terms={["usageType", "category", "quantity", "unitPrice"]}
    />
  );
}
