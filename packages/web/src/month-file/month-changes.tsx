import { changeSteps, type MonthReport } from "@dapanoskop/core/insight";
import { For, Show } from "solid-js";
import type { ComparedUsage } from "../data/compared-usage.ts";
import { workloadLine } from "../data/cost-lines.ts";
import { usageLines } from "../data/usage-lines.ts";
import { ChangeReasons } from "../pages/workload/change-reasons.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import css from "./month-file.module.css";

/** Workloads whose change is explained. The table of cost centers has the change of every workload. */
const EXPLAINED = 5;

/** The workloads that changed most, each with the steps of its change. */
export function MonthChanges(props: { report: MonthReport; usage: ComparedUsage }) {
  return (
    <Show when={props.report.movers.length > 0}>
      <Section title="What changed most">
        <For each={props.report.movers.slice(0, EXPLAINED)}>
          {({ name }) => <WorkloadChange name={name} usage={props.usage} />}
        </For>
      </Section>
    </Show>
  );
}

function WorkloadChange(props: { name: string; usage: ComparedUsage }) {
  const { summary, tables, hasOnlyCompleteDays } = props.usage;
  const displayed = hasOnlyCompleteDays ? null : (workloadLine(summary, props.name)?.displayed ?? null);
  const lines = usageLines(tables, props.name, summary.currency);
  return (
    <div class={css.change}>
      <h3>
        <Name of={props.name} limit={80} />
      </h3>
      <ChangeReasons steps={changeSteps(lines, summary.currency, displayed)} usage={props.usage} />
    </div>
  );
}
