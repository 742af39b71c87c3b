import type { PlanDocument } from "@dapanoskop/core/plan";
import { createMemo } from "solid-js";
import { useAddress } from "../../address/address.ts";
import { planLines } from "../../data/plan-lines.ts";
import { TableSection } from "../../table/table-section.tsx";
import { addressState } from "../../table/table-state.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { planColumns } from "./plan-columns.tsx";

/** The resources of a plan. Each unfolds to its charges. @param props.file the words of the CSV file's name */
export function PlanResources(props: { plan: PlanDocument; file: readonly string[] }) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const columns = createMemo(() => planColumns(props.plan, formats));
  const lines = createMemo(() => planLines(props.plan));
  return (
    <TableSection
      title="Resources"
      file={props.file}
      caption="Resources of the plan and their charges"
      columns={columns()}
      rows={lines()}
      name={({ name }) => name}
      children={({ parts }) => parts}
      childrenLabel="Charges"
      state={state}
      rowNames={{ one: "resource", many: "resources", searched: "resource or charge" }}
      terms={["monthlyCost", "observedPrice", "listPrice"]}
    />
  );
}
