import { changeOf, changeSteps, type UsageLine } from "@dapanoskop/core/insight";
import { moneyNumber, zero } from "@dapanoskop/core/money";
import { createMemo, Show } from "solid-js";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import { ChangeText } from "../../parts/change-text.tsx";
import { Hint } from "../../parts/hint.tsx";
import { SaveCsv, SaveSvg } from "../../parts/save-buttons.tsx";
import { Section } from "../../parts/section.tsx";
import { csvText } from "../../table/csv.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import css from "./change-section.module.css";
import { ChangeWaterfall } from "./change-waterfall.tsx";
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
  const change = () => {
    const [now, before] = [steps().at(-1)?.exact ?? zero(currency()), steps()[0]?.exact ?? null];
    return changeOf(now, props.usage.isComparable ? before : null);
  };
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
      <p class={css.lead}>
        <ChangeText change={change()} /> <small>against {words().against}</small>
      </p>
      <Show
        when={props.usage.isComparable}
        fallback={
          <Hint>
            The usage of {words().against} is unknown, so the reasons of the change are unknown too.
          </Hint>
        }
      >
        <Show when={summary().is_mtd}>
          <Hint>
            {words().progress} of {words().month}, against {words().against}.
          </Hint>
        </Show>
        <ChangeWaterfall
          steps={steps()}
          words={words()}
          currency={currency()}
          drawing={(svg) => {
            drawing = svg;
          }}
        />
      </Show>
    </Section>
  );
}
