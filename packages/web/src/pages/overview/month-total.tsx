import { type MonthReport, throughParts } from "@dapanoskop/core/insight";
import type { Summary } from "@dapanoskop/dataset";
import { Show } from "solid-js";
import { hrefOf } from "../../address/address.ts";
import { SHAPES } from "../../parts/change-text.tsx";
import { SentenceText } from "../../parts/sentence-text.tsx";
import { Term } from "../../parts/term.tsx";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { MonthComparisons } from "./month-comparisons.tsx";
import css from "./month-total.module.css";

/** The month's total, how it changed and why in one sentence, and what it is compared with. */
export function MonthTotal(props: { summary: Summary; report: MonthReport }) {
  const formats = useFormats();
  const words = () => periodWords(props.summary, formats);
  const through = () => throughParts(props.report.figures);
  return (
    <section class={css.hero} aria-labelledby="month-total">
      <div>
        <div class={css.eyebrow}>
          <h1 id="month-total">
            <span class="unseen">What did we spend? </span>
            {words().month}
          </h1>
          <Show when={words().progress}>{(progress) => <span>{progress()}, so far</span>}</Show>
          <Show when={through().length > 0}>
            <span>
              <SentenceText of={through()} />
            </span>
          </Show>
          <Show when={props.summary.estimated}>
            <Term of="estimated">estimate</Term>
          </Show>
        </div>
        <p class={css.total}>{formats.money(props.report.figures.total.current)}</p>
        <ChangeSentence report={props.report} />
      </div>
      <MonthComparisons summary={props.summary} report={props.report} />
    </section>
  );
}

/** How the total changed and which workloads changed it. The workloads are links. */
function ChangeSentence(props: { report: MonthReport }) {
  return (
    <p class={css.reason}>
      <Show when={SHAPES[props.report.change.direction]}>
        {(shape) => (
          <span class={css.shape} aria-hidden="true">
            {shape()}
          </span>
        )}
      </Show>
      <SentenceText
        of={props.report.reason}
        nameHref={(name) => hrefOf("/workload", props.report.figures.month, { name })}
      />
    </p>
  );
}
