import { changeSteps, type UsageLine } from "@dapanoskop/core/insight";
import { moneyNumber } from "@dapanoskop/core/money";
import { createMemo, Show } from "solid-js";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import { SaveCsv, SaveSvg } from "../../parts/save-buttons.tsx";
import { Section } from "../../parts/section.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { ChangeReasons } from "./change-reasons.tsx";
import { stepAmount, stepName } from "./step-text.ts";

/**
 * Why the workload's cost changed, in four steps that add up to the change: a closed month against the month before, a
 * running one against the same days of the month before.
 */
export function ChangeSection(props: {
  lines: readonly UsageLine[];
  usage: ComparedUsage;
  name: string;
  /** The workload's cost in cents as the page displays it; `null`: the rounded sum of the rows. */
  displayedTotal: bigint | null;
}) {
  const formats = useFormats();
  const summary = () => props.usage.summary;
  const currency = () => summary().currency;
  const words = () => periodWords(summary(), formats, props.usage.hasOnlyCompleteDays);
  const steps = createMemo(() => changeSteps(props.lines, currency(), props.displayedTotal));
  const file = () => [summary().period, props.name, "why"];
  const csv = () =>
    csvText([
      ["part", `amount (${currency()})`],
      ...steps().map((step) => [stepName(step, words()), moneyNumber(step.exact)]),
    ]);
  const legend = () =>
    steps().map((step) => ({ text: `${stepName(step, words())}: ${stepAmount(step, currency(), formats)}` }));
  let drawing: SVGSVGElement | undefined;

  return (
    <Section
      title="Why did it change?"
      actions={
        <Show when={props.usage.isComparable}>
          <SaveCsv file={file()} csv={csv} />
          <SaveSvg file={file()} title="Why the cost changed" drawing={() => drawing} legend={legend} />
        </Show>
      }
    >
      <ChangeReasons
        steps={steps()}
        usage={props.usage}
        drawing={(svg) => {
          drawing = svg;
        }}
      />
    </Section>
  );
}
