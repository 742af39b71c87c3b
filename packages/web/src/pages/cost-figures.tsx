import type { Summary } from "@dapanoskop/dataset";
import { type JSX, Show } from "solid-js";
import type { CostLine } from "../data/cost-lines.ts";
import { ChangeText } from "../parts/change-text.tsx";
import { ComparedWith, Figure, Figures } from "../parts/figures.tsx";
import { useFormats } from "../words/formats-context.tsx";
import { periodWords } from "../words/period-words.ts";

/** A cost center's or workload's cost and change, the same month a year before, and further figures. */
export function CostFigures(props: { line: CostLine; summary: Summary; children?: JSX.Element }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  return (
    <Figures>
      <Figure
        word={words().progress ?? words().month}
        value={formats.units(props.line.displayed, props.summary.currency)}
      >
        <ChangeText change={props.line.change} /> <ComparedWith>{words().against}</ComparedWith>
      </Figure>
      <Figure
        word={words().yearBefore}
        value={props.line.yearBefore === null ? "unknown" : formats.money(props.line.yearBefore)}
      >
        <Show when={props.line.yearChange} fallback="the whole month">
          {(change) => <ChangeText change={change()} />}
        </Show>
      </Figure>
      {props.children}
    </Figures>
  );
}
